//! Says in its log what arrives in a bucket and in a queue.

use chalice::prelude::*;
use chalice::tracing;

/// A parcel, which a message announces.
#[derive(Deserialize)]
struct Parcel {
    sender: String,
    weight: u32,
}

#[on_s3_event(
    bucket = "end-to-end-arrivals",
    events = ["s3:ObjectCreated:*"],
    prefix = "letters/",
    suffix = ".txt"
)]
async fn letter(event: S3Event) -> Result<()> {
    let dock = chalice::env::var("DOCK")?;
    for letter in &event {
        let (bucket, key) = (letter.bucket(), letter.key());
        tracing::info!("{key} of {:?} bytes in {bucket} at {dock}", letter.size());
    }
    Ok(())
}

#[on_sqs_message(queue = "end-to-end-parcels", batch_size = 10)]
async fn parcel(record: SqsRecord<Json<Parcel>>) -> Result<()> {
    let Parcel { sender, weight } = &**record.body();
    if *weight == 0 {
        return Err(HttpError::bad_request("a parcel without a weight"));
    }
    let dock = chalice::env::var("DOCK")?;
    tracing::info!("{weight} kg of {sender} at {dock}");
    Ok(())
}

/// The app.
#[app]
pub static APP: App = App {
    name: "arrivals",
    handlers: [letter, parcel],
};

fn main() -> ExitCode {
    chalice::run(&APP)
}
