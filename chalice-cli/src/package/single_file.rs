//! A template and a deployment package in one archive.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::DEPLOYMENT_ZIP;

/// Writes the archive, the same bytes for the same files.
pub(super) fn write(archive: &mut File, name: &str, template: &str, zip: &Path) -> io::Result<()> {
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(archive);
    writer.start_file(
        name,
        options.compression_method(CompressionMethod::Deflated),
    )?;
    writer.write_all(template.as_bytes())?;
    // An archive is not made smaller by another.
    let stored = options.compression_method(CompressionMethod::Stored);
    writer.start_file(DEPLOYMENT_ZIP, stored)?;
    io::copy(&mut File::open(zip)?, &mut writer)?;
    writer.finish()?.flush()
}
