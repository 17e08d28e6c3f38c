//! The bytes.

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt as _};
use kernel::{Entropy, Error, ErrorKind, OrganisationId, Result};
use object_store::path::Path;
use object_store::{MultipartUpload as _, ObjectStore, ObjectStoreExt as _, PutPayload};
use sha2::{Digest, Sha256};

use crate::File;

/// Bytes gathered before they are handed to the store; S3 asks for parts of 5 MiB at least.
const PART: usize = 5 * 1024 * 1024;

/// Files up to this size are read whole before the first byte goes out.
const WHOLE: usize = 1024 * 1024;

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

/// The bytes of a file, the last ones only after the digest of the whole was found right.
pub(crate) async fn read(blobs: &dyn ObjectStore, file: &File) -> Result<impl Stream<Item = Result<Bytes>> + Send + 'static + use<>> {
    let found = blobs.get(&Path::from(file.storage_key.as_str())).await.map_err(Error::internal)?;
    if usize::try_from(file.size).is_ok_and(|size| size <= WHOLE) {
        let bytes = found.bytes().await.map_err(Error::internal)?;
        return if hex(&Sha256::digest(&bytes)) == file.sha256 {
            Ok(futures_util::stream::iter([Ok(bytes)]).boxed())
        } else {
            Err(changed(file))
        };
    }
    let passing = Passing { bytes: found.into_stream(), digest: Sha256::new(), held: None, file: file.clone() };
    Ok(futures_util::stream::try_unfold(Some(passing), |passing| async {
        let Some(passing) = passing else { return Ok(None) };
        passing.next().await
    })
    .boxed())
}

/// A large file on its way out, one chunk behind what was read of it.
struct Passing {
    bytes: BoxStream<'static, object_store::Result<Bytes>>,
    digest: Sha256,
    held: Option<Bytes>,
    file: File,
}

impl Passing {
    async fn next(mut self) -> Result<Option<(Bytes, Option<Self>)>> {
        while let Some(chunk) = self.bytes.next().await {
            let chunk = chunk.map_err(Error::internal)?;
            self.digest.update(&chunk);
            if let Some(held) = self.held.replace(chunk) {
                return Ok(Some((held, Some(self))));
            }
        }
        if hex(&self.digest.finalize()) != self.file.sha256 {
            return Err(changed(&self.file));
        }
        Ok(self.held.map(|last| (last, None)))
    }
}

fn changed(file: &File) -> Error {
    tracing::error!(file = %file.id, "the stored bytes of a file have changed: restore it from a backup");
    Error::internal("the stored bytes of a file have changed")
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
