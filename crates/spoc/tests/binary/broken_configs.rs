//! A configuration with a mistake ends the process with code 2 and one line that names the place and
//! says what would be right (T4-46).

use crate::started::{Place, ended, one_line};

const PASSWORD: &str = "canary-Xq7";

/// One mistake and what is said of it.
#[derive(Default)]
struct Broken {
    file: Option<String>,
    mode: Option<u32>,
    environment: Vec<(&'static str, String)>,
    args: Vec<&'static str>,
    said: &'static str,
}

fn file(text: &str, said: &'static str) -> Broken {
    Broken { file: Some(text.to_owned()), said, ..Broken::default() }
}

fn variable(name: &'static str, value: &str, said: &'static str) -> Broken {
    Broken { environment: vec![(name, value.to_owned())], said, ..Broken::default() }
}

fn args<const N: usize>(args: [&'static str; N], said: &'static str) -> Broken {
    Broken { args: args.to_vec(), said, ..Broken::default() }
}

fn names() -> Vec<Broken> {
    vec![
        file("listn = \"127.0.0.1:1\"", "spoc.toml:1: unknown setting listn; did you mean listen?"),
        file("\n\nlisten-on = 1", "spoc.toml:3: unknown setting listen-on"),
        file("[log]\nlevle = \"info\"", "spoc.toml:2: unknown setting log.levle; did you mean log.level?"),
        file("[logs]\nlevel = \"info\"", "spoc.toml:1: unknown section [logs]; did you mean log?"),
        file("[tls]\ncert = \"a\"", "spoc.toml:1: unknown section [tls]"),
        file("[listen]\nport = 1", "spoc.toml:1: listen is a setting, not a section; write listen = ..."),
        file("log = \"info\"", "spoc.toml:1: log is a section; write [log]"),
        file("listen_file = \"a\"", "spoc.toml:1: unknown setting listen_file"),
        file("Data = \"a\"", "spoc.toml:1: unknown setting Data; did you mean data?"),
        file("[log.level]\nx = 1", "spoc.toml:1: log.level: a table is not error, warn, info"),
        variable("SPOC_LISTN", "127.0.0.1:1", "SPOC_LISTN: unknown setting; did you mean SPOC_LISTEN?"),
        variable("SPOC_LOGLEVEL", "info", "SPOC_LOGLEVEL: unknown setting; did you mean SPOC_LOG_LEVEL?"),
        variable("SPOC_", "x", "SPOC_: unknown setting"),
        variable("SPOC_DATABASE_URL_FILES", "x", "unknown setting; did you mean SPOC_DATABASE_URL_FILE?"),
        args(["--lisen", "127.0.0.1:1"], "unexpected argument '--lisen' found; a similar argument exists: '--listen'"),
        args(["--verbose"], "unexpected argument '--verbose' found"),
        args(["extra"], "unexpected argument 'extra' found"),
        args(["--listen"], "a value is required for '--listen <VALUE>'"),
    ]
}

fn syntax() -> Vec<Broken> {
    vec![
        file("listen = 127.0.0.1:8080", "spoc.toml:1: "),
        file("listen = \"127.0.0.1:8080", "spoc.toml:1: "),
        file("listen \"127.0.0.1:8080\"", "spoc.toml:1: "),
        file("[log\nlevel = \"info\"", "spoc.toml:1: "),
        file("data = \"a\"\ndata = \"b\"", "spoc.toml:2: duplicate key"),
        file("[log]\nlevel = \"info\"\n[log]\nformat = \"json\"", "spoc.toml:3: duplicate key"),
        file("data = 'a\n", "spoc.toml:1: "),
        args(["--config", "missing.toml"], "missing.toml: there is no such file"),
        variable("SPOC_CONFIG", "missing.toml", "missing.toml: there is no such file"),
        args(["--config", "."], ".: there is no such file"),
    ]
}

fn values() -> Vec<Broken> {
    vec![
        file("listen = \"here\"", "spoc.toml:1: listen: \"here\" is not IP addresses with ports"),
        file("listen = \"127.0.0.1\"", "listen: \"127.0.0.1\" is not IP addresses with ports"),
        file("listen = \"127.0.0.1:99999\"", "listen: \"127.0.0.1:99999\" is not"),
        file("listen = []", "listen names no address"),
        file("listen = 8080", "listen: \"8080\" is not IP addresses with ports"),
        file("listen = [\"127.0.0.1:1\", 2.5]", "spoc.toml:1: listen: an array is not IP addresses"),
        file("self_signed = \"yes\"", "self_signed: \"yes\" is not true or false"),
        file("behind_proxy = 1", "behind_proxy: \"1\" is not true or false"),
        file("behind_proxy = 2026-01-01", "behind_proxy: a datetime is not true or false"),
        file("public_url = \"desk.example.org\"", "public_url: \"desk.example.org\" is not a web address"),
        file("public_url = \"ftp://desk.example.org\"", "public_url: \"ftp://desk.example.org\" is not a web address"),
        file("public_url = \"https://desk.example.org/spoc\"", "is not a web address without a path"),
        file("public_url = \"https://me:secret@desk.example.org\"", "is not a web address without a path"),
        file("trusted_proxies = \"10.0.0.0/33\"", "trusted_proxies: \"10.0.0.0/33\" is not addresses or networks"),
        file("trusted_proxies = [\"10.0.0.0/8\", \"proxy\"]", "trusted_proxies: \"proxy\" is not addresses or networks"),
        file("data = \"\"", "data: a path is needed here"),
        file("[log]\nformat = \"xml\"", "spoc.toml:2: log.format: \"xml\" is not text or json"),
        file("[log]\nlevel = \"loud\"", "log.level: \"loud\" is not error, warn, info, debug or trace"),
        file("[log]\nlevel = \"db=\"", "log.level: \"db=\" is not"),
        file("[limits]\nupload = \"100\"", "limits.upload: \"100\" is not a size such as 512 KiB"),
        file("[limits]\nupload = \"100 MB\"", "limits.upload: \"100 MB\" is not a size"),
        file("[limits]\nupload = \"0 B\"", "limits.upload: \"0 B\" is not a size"),
        file("[limits]\nupload = \"99999999999 GiB\"", "limits.upload: \"99999999999 GiB\" is not a size"),
        file("[limits]\nconnections = 0", "limits.connections: \"0\" is not a whole number from 1"),
        file("[limits]\nconnections = -1", "limits.connections: \"-1\" is not a whole number from 1"),
        file("[limits]\nconnections = 1.5", "limits.connections: a float is not a whole number"),
        file("[session]\nidle = \"12\"", "session.idle: \"12\" is not a length of time"),
        file("[session]\nidle = \"-1h\"", "session.idle: \"-1h\" is not a length of time"),
        file("[session]\nidle = true", "session.idle: \"true\" is not a length of time"),
        variable("SPOC_LIMITS_BODY", "much", "SPOC_LIMITS_BODY: limits.body: \"much\" is not a size"),
        args(["--session-idle", "soon"], "--session-idle: session.idle: \"soon\" is not a length of time"),
    ]
}

fn together() -> Vec<Broken> {
    vec![
        file(
            "listen = \"0.0.0.0:8080\"",
            "listen 0.0.0.0:8080 is reachable from other machines without encryption; set tls_cert and tls_key, --self-signed or --behind-proxy",
        ),
        file("listen = \"127.0.0.1:1, [::]:2\"", "listen [::]:2 is reachable from other machines"),
        file("tls_cert = \"a.pem\"", "tls_cert is set without tls_key"),
        file("tls_key = \"a.pem\"", "tls_key is set without tls_cert"),
        file("tls_cert = \"a.pem\"\ntls_key = \"missing.pem\"", "tls_key: missing.pem cannot be read"),
        file("tls_cert = \"spoc.toml\"\ntls_key = \"spoc.toml\"", "spoc.toml: "),
        file(
            "self_signed = true\nbehind_proxy = true\npublic_url = \"https://a\"",
            "self_signed and behind_proxy are set together; choose one",
        ),
        file("behind_proxy = true", "behind_proxy needs public_url"),
        file("behind_proxy = true\npublic_url = \"https://a\"\ntrusted_proxies = []", "behind_proxy needs trusted_proxies"),
        file("self_signed = true\npublic_url = \"http://a\"", "public_url http://a is not https although the desk serves TLS"),
        file("[session]\nidle = \"2d\"\nabsolute = \"1d\"", "session.idle is longer than session.absolute"),
        file("[limits]\nupload = \"1 MiB\"", "limits.body is larger than limits.upload"),
    ]
}

fn secrets() -> Vec<Broken> {
    let url = |text: &str| format!("database_url = \"{text}\"");
    vec![
        file(&url(&format!("mysql://me:{PASSWORD}@host/desk")), "spoc.toml:1: database_url: only PostgreSQL is known here"),
        file(&url(&format!("postgres://me:{PASSWORD}@host")), "database_url: the database URL names no database"),
        file(&url(PASSWORD), "database_url: the database URL has no scheme"),
        file(&url("sqlite:///var/lib/desk.db"), "database_url: SQLite needs no URL; name its folder with data"),
        Broken {
            mode: Some(0o644),
            ..file(
                &url(&format!("postgres://me:{PASSWORD}@host/desk")),
                "spoc.toml holds a secret and everyone on this machine may read it; run: chmod 640 ",
            )
        },
        variable(
            "SPOC_DATABASE_URL",
            &format!("postgres://me:{PASSWORD} @host/desk"),
            "SPOC_DATABASE_URL: database_url: the database URL holds a blank",
        ),
        variable("SPOC_METRICS_TOKEN", PASSWORD, "SPOC_METRICS_TOKEN: metrics_token: this is not at least 24 letters"),
        variable("SPOC_DATABASE_URL_FILE", "missing", "SPOC_DATABASE_URL_FILE: database_url_file: missing cannot be read"),
        file("database_url_file = \".\"", "database_url_file: . is not a file"),
        file("database_url_file = 3", "database_url_file: 3 cannot be read"),
    ]
}

fn verdict(broken: &Broken) {
    let place = Place::new();
    if let Some(text) = &broken.file {
        place.write("spoc.toml", text);
        place.mode("spoc.toml", broken.mode.unwrap_or(0o600));
    }
    let mut command = place.spoc(&["check-config"]);
    command.args(&broken.args).envs(broken.environment.iter().map(|(name, value)| (name, value)));
    let (code, stdout, stderr) = ended(command);
    let about = format!("{:?} {:?} {:?}", broken.file, broken.environment, broken.args);
    assert_eq!(code, 2, "{about}: {stderr}");
    assert!(one_line(&stderr).contains(broken.said), "{about}: said {stderr:?}, not {:?}", broken.said);
    assert!(!stderr.contains(PASSWORD) && stdout.is_empty(), "{about}: {stderr} {stdout}");
    assert_eq!(
        std::fs::read_dir(place.path()).expect("the folder is there").count(),
        usize::from(broken.file.is_some()),
        "{about}: something was made"
    );
}

#[test]
fn every_mistake_is_one_line_that_says_where_and_what() {
    let all: Vec<Broken> = [names(), syntax(), values(), together(), secrets()].into_iter().flatten().collect();
    assert!(all.len() >= 60, "only {} mistakes", all.len());
    all.iter().for_each(verdict);
}

#[test]
fn a_file_that_is_not_text_is_refused() {
    let place = Place::new();
    place.write("spoc.toml", b"data = \"\xff\"");
    let (code, _, stderr) = ended(place.spoc(&["check-config"]));
    assert_eq!((code, one_line(&stderr)), (2, "spoc: spoc.toml: is not UTF-8"));
}

#[test]
fn a_secret_stands_in_a_file_of_its_own_and_is_never_shown() {
    let place = Place::new();
    place.write("url", format!("postgres://me:{PASSWORD}@host/desk\n"));
    place.write("spoc.toml", "database_url_file = \"url\"\n");
    let (code, stdout, stderr) = ended(place.spoc(&["check-config"]));
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("(secret)") && !stdout.contains(PASSWORD) && !stderr.contains(PASSWORD), "{stdout}{stderr}");
    place.mode("url", 0o644);
    let (code, _, stderr) = ended(place.spoc(&["check-config"]));
    assert!(code == 2 && one_line(&stderr).contains("everyone on this machine may read it"), "{stderr}");
    place.write("url", "\n");
    let (code, _, stderr) = ended(place.spoc(&["check-config"]));
    assert!(code == 2 && one_line(&stderr).contains("is empty"), "{stderr}");
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let place = Place::new();
    place.write("spoc.toml", "data = \"of-file\"\n[log]\nlevel = \"warn\"\nformat = \"json\"\n");
    let mut command = place.spoc(&["check-config", "--log-level", "debug"]);
    command.env("SPOC_LOG_LEVEL", "error").env("SPOC_LOG_FORMAT", "text").env("SPOC_PORT_8080_TCP", "tcp://10.0.0.1:8080");
    let (code, stdout, stderr) = ended(command);
    assert_eq!(code, 0, "{stderr}");
    let line = |key: &str| stdout.lines().find(|line| line.starts_with(key)).unwrap_or_default().split_whitespace().collect::<Vec<_>>();
    assert_eq!(line("log.level"), ["log.level", "debug", "--log-level"]);
    assert_eq!(line("log.format"), ["log.format", "text", "SPOC_LOG_FORMAT"]);
    assert_eq!(line("data"), ["data", "of-file", "spoc.toml:1"]);
    assert_eq!(line("behind_proxy"), ["behind_proxy", "false", "default"]);
}

#[test]
fn a_key_that_does_not_belong_to_the_certificate_is_refused() {
    let place = Place::new();
    let make = || rcgen::generate_simple_self_signed(vec!["desk.example.org".to_owned()]).expect("a certificate can be made");
    let (one, other) = (make(), make());
    place.write("cert.pem", one.cert.pem());
    place.write("key.pem", other.signing_key.serialize_pem());
    place.write("spoc.toml", "listen = \"0.0.0.0:8443\"\ntls_cert = \"cert.pem\"\ntls_key = \"key.pem\"\n");
    let (code, _, stderr) = ended(place.spoc(&["check-config"]));
    assert!(code == 2 && one_line(&stderr).contains("give the key that belongs to the certificate"), "{stderr}");
    place.write("key.pem", one.signing_key.serialize_pem());
    assert_eq!(ended(place.spoc(&["check-config"])).0, 0);
    place.mode("key.pem", 0o644);
    let (code, _, stderr) = ended(place.spoc(&["check-config"]));
    assert!(code == 2 && one_line(&stderr).contains("tls_key: ") && stderr.contains("chmod 640"), "{stderr}");
}
