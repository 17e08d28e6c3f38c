//! The bytes.

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use kernel::{Entropy, Error, ErrorKind, OrganisationId, Result};
use object_store::path::Path;
use object_store::{MultipartUpload as _, ObjectStore, ObjectStoreExt as _, PutPayload};
use sha2::{Digest, Sha256};

use crate::File;

/// Bytes gathered before they are handed to the store; S3 asks for parts of 5 MiB at least.
const PART: usize = 5 * 1024 * 1024;

pub(crate) struct Written {
    pub sha256: String,
    pub size: u64,
}

/// A key that no other blob has.
pub(crate) fn new_key(tenant: OrganisationId, entropy: &dyn Entropy) -> Path {
    let mut bytes = [0_u8; 16];
    entropy.fill(&mut bytes);
    let name = hex(&bytes);
    let (shelf, _) = name.split_at(2);
    Path::from(format!("{tenant}/{shelf}/{name}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(crate) async fn write<S, E>(blobs: &dyn ObjectStore, key: &Path, content: S, limit: u64) -> Result<Written>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Send,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut upload = blobs.put_multipart(key).await.map_err(full_or_internal)?;
    match feed(&mut *upload, content, limit).await {
        Ok(written) => match upload.complete().await {
            Ok(_) => Ok(written),
            Err(error) => Err(full_or_internal(error)),
        },
        Err(error) => {
            if let Err(left) = upload.abort().await {
                tracing::warn!(error = %left, "an upload that was given up left a part behind");
            }
            Err(error)
        }
    }
}

async fn feed<S, E>(upload: &mut dyn object_store::MultipartUpload, content: S, limit: u64) -> Result<Written>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Send,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut digest = Sha256::new();
    let mut size = 0_u64;
    let mut part: Vec<u8> = Vec::new();
    let mut content = std::pin::pin!(content);
    while let Some(chunk) = content.next().await {
        let chunk = chunk.map_err(|e| Error::new(ErrorKind::Malformed, "error-malformed").cause(e))?;
        size += chunk.len() as u64;
        if size > limit {
            return Err(Error::new(ErrorKind::TooLarge, "error-too-large").arg("limit_bytes", limit));
        }
        digest.update(&chunk);
        part.extend_from_slice(&chunk);
        if part.len() >= PART {
            upload.put_part(PutPayload::from(std::mem::take(&mut part))).await.map_err(full_or_internal)?;
        }
    }
    if !part.is_empty() || size == 0 {
        upload.put_part(PutPayload::from(part)).await.map_err(full_or_internal)?;
    }
    Ok(Written { sha256: hex(&digest.finalize()), size })
}

/// Bytes as they are read, with the digest of the whole at the end.
pub(crate) async fn read(blobs: &dyn ObjectStore, file: &File) -> Result<impl Stream<Item = Result<Bytes>> + Send + 'static + use<>> {
    let found = blobs.get(&Path::from(file.storage_key.as_str())).await.map_err(Error::internal)?;
    let expected = file.sha256.clone();
    let state = (found.into_stream(), Sha256::new(), expected, false);
    Ok(futures_util::stream::unfold(state, |(mut bytes, mut digest, expected, ended)| async move {
        if ended {
            return None;
        }
        match bytes.next().await {
            Some(Ok(chunk)) => {
                digest.update(&chunk);
                Some((Ok(chunk), (bytes, digest, expected, false)))
            }
            Some(Err(error)) => Some((Err(Error::internal(error)), (bytes, digest, expected, true))),
            None if hex(&digest.clone().finalize()) == expected => None,
            None => Some((Err(Error::internal("the stored bytes of a file have changed")), (bytes, digest, expected, true))),
        }
    }))
}

pub(crate) async fn delete(blobs: &dyn ObjectStore, key: &Path) {
    match blobs.delete(key).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
        Err(error) => tracing::warn!(%error, "a file that nothing refers to could not be deleted; the sweep will try again"),
    }
}

fn full_or_internal(error: object_store::Error) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(at) = cause {
        if at.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::StorageFull) {
            return Error::new(ErrorKind::Storage, "error-disk-full").retry_after(60).cause(error.to_string());
        }
        cause = at.source();
    }
    Error::internal(error)
}
