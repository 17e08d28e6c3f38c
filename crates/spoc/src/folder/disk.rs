//! What kind of file system a folder is on, and how much room there is.

use std::path::Path;

/// The name of the network file system that the folder is on, if it is on one. SQLite's locks and
/// the promise of a synced write both need a local disk.
pub fn network(path: &Path) -> Option<&'static str> {
    #[cfg(target_os = "linux")]
    {
        let about = rustix::fs::statfs(path).ok()?;
        // The field is wider or signed on some processors; the magic numbers are 32 bits.
        network_of(about.f_type as u32)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        None
    }
}

/// The magic numbers of linux/magic.h and of the CIFS client.
#[cfg(any(target_os = "linux", test))]
fn network_of(magic: u32) -> Option<&'static str> {
    match magic {
        0x6969 => Some("NFS"),
        0x517B | 0xFF53_4D42 | 0xFE53_4D42 => Some("SMB"),
        0x564C => Some("NCP"),
        0x5346_414F | 0x6B41_4653 => Some("AFS"),
        0x00C3_6400 => Some("Ceph"),
        0x0102_1997 => Some("9P"),
        0x0BD0_0BD0 => Some("Lustre"),
        _ => None,
    }
}

/// Bytes free for this user.
pub fn free(path: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(path).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_file_systems_are_known_and_local_ones_pass() {
        assert_eq!(network_of(0x6969), Some("NFS"));
        assert_eq!(network_of(0xFE53_4D42), Some("SMB"));
        for local in [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630] {
            assert_eq!(network_of(local), None, "{local:x}");
        }
        assert_eq!(network(&std::env::temp_dir()), None);
        assert!(free(&std::env::temp_dir()).is_some_and(|bytes| bytes > 0));
    }
}
