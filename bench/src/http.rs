//! A keep-alive client that does as little as it can, so that the server is what is measured.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

pub struct Http {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Http {
    pub fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: Vec::with_capacity(1 << 20) }
    }

    /// Bytes of the last answer, without its head.
    pub fn body(&self) -> usize {
        find(&self.buffer, b"\r\n\r\n").map_or(0, |end| self.buffer.len() - end - 4)
    }

    /// Sends a request and reads the whole answer; its status comes back.
    pub fn ask(&mut self, address: &str, token: &str, method: &str, path: &str, body: &str) -> u16 {
        let head =
            if body.is_empty() { String::new() } else { format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()) };
        let request = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n{head}\r\n{body}");
        self.stream.write_all(request.as_bytes()).unwrap();
        self.buffer.clear();
        let mut chunk = [0_u8; 65_536];
        loop {
            let n = self.stream.read(&mut chunk).unwrap();
            assert!(n > 0, "the server closed the connection");
            self.buffer.extend_from_slice(&chunk[..n]);
            let Some(end) = find(&self.buffer, b"\r\n\r\n") else { continue };
            let head = std::str::from_utf8(&self.buffer[..end]).unwrap().to_ascii_lowercase();
            let length = head.lines().find_map(|l| l.strip_prefix("content-length:")).map_or(0, |v| v.trim().parse::<usize>().unwrap());
            let chunked = head.contains("transfer-encoding: chunked");
            let whole = if chunked { self.buffer.ends_with(b"0\r\n\r\n") } else { self.buffer.len() >= end + 4 + length };
            if whole {
                return head[9..12].parse().unwrap();
            }
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}
