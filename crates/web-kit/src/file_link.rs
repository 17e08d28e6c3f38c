//! Links to files. The id finds the file; the name is for whoever saves it.

use kernel::AttachmentId;

/// `/files/{id}/{name}`. Letters that a path must not hold (`guard/path.rs`) become `_`.
pub fn file_link(id: AttachmentId, name: &str) -> String {
    let mut link = format!("/files/{id}/");
    if name.chars().all(|c| c == '.') {
        link.push_str("file");
        return link;
    }
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => link.push(char::from(byte)),
            b'/' | b'\\' | b'%' | b';' => link.push('_'),
            _ if byte.is_ascii_control() => link.push('_'),
            _ => link.push_str(&format!("%{byte:02X}")),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_can_be_asked_for() {
        for (name, link) in [
            ("Discount 50%.pdf", "/files/7/Discount%2050_.pdf"),
            ("a;b\\c/d.txt", "/files/7/a_b_c_d.txt"),
            ("a\u{7f}\nb", "/files/7/a__b"),
            ("план.png", "/files/7/%D0%BF%D0%BB%D0%B0%D0%BD.png"),
            ("..", "/files/7/file"),
            ("", "/files/7/file"),
        ] {
            assert_eq!(file_link(AttachmentId::new(7), name), link);
        }
    }
}
