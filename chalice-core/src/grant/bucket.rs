//! Buckets of Amazon S3.

use super::{
    handle::{operations, part, resource},
    kind::{BUCKET_ITSELF, OBJECTS},
};

resource! {
    /// A general purpose bucket of Amazon S3.
    ///
    /// ```
    /// use chalice_core::grant::{Bucket, Grant};
    ///
    /// const PHOTOS: Bucket = Bucket::named("photos");
    /// const GRANTS: &[Grant] = &[PHOTOS.get(), PHOTOS.allow(&["s3:GetObjectTagging"])];
    /// ```
    Bucket = BUCKET
}

operations! { Bucket:
    /// `GetObject` and `HeadObject`: `s3:GetObject` on the bucket's objects. For an object that is
    /// not there, S3 answers 403 instead of 404 without [`list`](Bucket::list).
    get = &[part(&["s3:GetObject"], &[OBJECTS])];
    /// `PutObject`, `CreateMultipartUpload`, `UploadPart` and `CompleteMultipartUpload`:
    /// `s3:PutObject` on the bucket's objects.
    put = &[part(&["s3:PutObject"], &[OBJECTS])];
    /// `DeleteObject` and `DeleteObjects`: `s3:DeleteObject` on the bucket's objects.
    delete = &[part(&["s3:DeleteObject"], &[OBJECTS])];
    /// `ListObjectsV2` and `HeadBucket`: `s3:ListBucket` on the bucket itself.
    list = &[part(&["s3:ListBucket"], &[BUCKET_ITSELF])];
    /// [`get`](Bucket::get), [`put`](Bucket::put), [`delete`](Bucket::delete) and [`list`](Bucket::list).
    read_write = &[
        part(&["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], &[OBJECTS]),
        part(&["s3:ListBucket"], &[BUCKET_ITSELF]),
    ];
}
