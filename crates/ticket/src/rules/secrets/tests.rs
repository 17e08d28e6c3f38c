use super::*;

/// The kinds and the words that were found.
fn found(text: &str) -> Vec<(SecretKind, &str)> {
    find(text).into_iter().map(|secret| (secret.kind, text.get(secret.place).expect("a place in it"))).collect()
}

#[test]
fn cards_are_found_however_they_are_written() {
    for (text, card) in [
        ("My card is 4111 1111 1111 1111.", "4111 1111 1111 1111"),
        ("4111111111111111", "4111111111111111"),
        ("card=5555-5555-5555-4444, thanks", "5555-5555-5555-4444"),
        ("Карта 2200 0000 0000 0004 не проходит", "2200 0000 0000 0004"),
        ("Amex 3782 822463 10005", "3782 822463 10005"),
        ("La tarjeta (6011111111111117) no funciona", "6011111111111117"),
        ("Diners 3056 930902 5904", "3056 930902 5904"),
        ("JCB 3530111333300000", "3530111333300000"),
        ("4222222222222", "4222222222222"),
        ("«4012888888881881»", "4012888888881881"),
    ] {
        assert_eq!(found(text), [(SecretKind::Card, card)], "{text}");
    }
    let text = "4111 1111 1111 1111";
    assert_eq!(find(text)[0].shown(text), "••••1111");
}

#[test]
fn what_only_looks_like_a_card_stays() {
    for text in [
        "4111 1111 1111 1112",
        "Call +34 600 123 456 or 8 (495) 123-45-67",
        "+7 495 123 45 67, +4915112345678, 0034911234567",
        "IBAN ES91 2100 0418 4502 0005 1332",
        "DE89 3704 0044 0532 0130 00 and GB29 NWBK 6016 1331 9268 19",
        "BE68 5390 0754 7034 ES9121000418450200051332",
        "Serial 5CD1234ABC, SN 4111111111111111X, S4111111111111111",
        "#4111111111111111 INC-4111111111111111",
        "IMEI 352099001761481, 490154203237518",
        "550e8400-e29b-41d4-a716-446655440000",
        "2026-11-23 01:28:28 1767225600000000 1700000000000",
        "192.168.100.200 10.0.0.1:8080 00:1A:2B:3C:4D:5E",
        "4111111111111111.50 and 3.4111111111111111",
        "Order 4111 1111 1111 1111 1111, 41111111 11111111",
        "0000 0000 0000 0000 8888888888888888",
        "T.E. 21:33:vf:cc, 48213, T-4711, 900 123 456",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn keys_are_found_whole_and_public_ones_stay() {
    let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIB\nAAKC\n-----END RSA PRIVATE KEY-----";
    assert_eq!(found(&format!("See:\n{key}\nDone")), [(SecretKind::Key, key)]);
    let cut = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\nand no end";
    assert_eq!(found(cut), [(SecretKind::Key, cut)]);
    assert_eq!(found(&format!("{key}\n{key}")).len(), 2);
    let open = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----";
    assert_eq!(found(open), []);
}

#[test]
fn tokens_are_known_by_their_shape() {
    let repeated = |head: &str, n: usize| format!("{head}{}", "aB3dE5gH7j".repeat(10).get(..n).expect("long enough"));
    let web = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N";
    let all = [
        format!("AKIA{}", "ABCDEFGH12345678"),
        repeated("ghp_", 36),
        repeated("github_pat_", 30),
        repeated("glpat-", 20),
        repeated("xoxb-", 24),
        repeated("AIza", 35),
        repeated("sk_live_", 24),
        repeated("npm_", 36),
        web.to_owned(),
    ];
    for token in &all {
        for text in [token.clone(), format!("It is {token}."), format!("key={token}, ok"), format!("«{token}»")] {
            assert_eq!(found(&text), [(SecretKind::Token, token.as_str())], "{text}");
        }
    }
    for text in
        ["AKIA", "AKIAISHORT", "xAKIAABCDEFGH12345678", "ghp_short", "eyJ.eyJ.x", "eyJhbGciOiJIUzI1NiJ9", "skip_live_abcdefghijklmnop"]
    {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn passwords_are_found_in_three_languages() {
    for (text, password) in [
        ("Password: hunter2", "hunter2"),
        ("my PASSWORD = Tr0ub4dor&3.", "Tr0ub4dor&3"),
        ("user ana, pwd:s3cret!", "s3cret!"),
        ("Contraseña: \"Verano2026\"", "Verano2026"),
        ("la contrasena es Verano2026", "Verano2026"),
        ("Mi clave: 4711", "4711"),
        ("Пароль: Зима2026!", "Зима2026!"),
        ("пароль — qwerty12", "qwerty12"),
        ("the password is hunter22, thanks", "hunter22"),
        ("{\"password\": \"abcd1234\"}", "abcd1234"),
        ("**Password:** abcd1234", "abcd1234"),
        ("https://ana:s3cret@host.example/path", "s3cret"),
    ] {
        assert_eq!(found(text), [(SecretKind::Password, password)], "{text}");
    }
}

#[test]
fn talk_of_passwords_stays() {
    for text in [
        "I forgot my password. Please reset it",
        "The password is wrong",
        "Password: ******** and pwd: <password>",
        "Password: forgotten. Contraseña: olvidada. Пароль: забыт",
        "La contraseña es incorrecta",
        "Пароль не подходит, пароль это важно",
        "password:",
        "https://host.example:8443/a@b and http://ana@host.example",
        "palabra clave",
        "Password policy: 12 letters",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn one_text_holds_several_and_none_twice() {
    let text = "Password: 4111111111111111 and pwd: ghp_aB3dE5gH7jaB3dE5gH7jaB3dE5gH7jaB3dE5";
    let kinds: Vec<SecretKind> = find(text).into_iter().map(|secret| secret.kind).collect();
    assert_eq!(kinds, [SecretKind::Card, SecretKind::Token]);
    let odd = "пароль:🔑🔑🔑🔑 é4111111111111111";
    assert!(find(odd).iter().all(|secret| odd.get(secret.place.clone()).is_some()));
}
