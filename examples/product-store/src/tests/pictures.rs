//! The routes of pictures.

use chalice::{prelude::*, test::Client};

use super::{
    aws::{Aws, STORE, add, error},
    upkeep::created,
};
use crate::gallery::MAX_PICTURE;

/// No text, as pictures are.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\xff\xfe";

async fn picture_size(client: &Client<STORE>, id: &str) -> Value {
    let response = client.http().get(&format!("/products/{id}")).await;
    response.json::<Value>()["picture_size"].clone()
}

#[tokio::test]
async fn a_picture_is_stored_noted_and_shown() {
    let aws = Aws::create().await;
    let client = aws.store().await;
    add(&client, &[("lamp", "light")]).await;
    let http = client.http();

    let put = http
        .put("/products/lamp/picture")
        .header("content-type", "image/png");
    let stored = put.body(PNG).await;
    assert_eq!((stored.status().as_u16(), stored.text()), (202, ""));
    assert_eq!(aws.keys().await, ["pictures/lamp"]);

    // Not before it has been noted.
    let early = http.get("/products/lamp/picture").await;
    let (status, _, message) = error(&early);
    assert_eq!(
        (status, &*message),
        (404, "the product `lamp` has no picture")
    );
    assert_eq!(picture_size(&client, "lamp").await, Value::Null);
    let note_picture = client.lambda("note_picture");
    let event = created(&aws.bucket, "pictures/lamp", PNG.len());
    note_picture.invoke(event).await.unwrap();
    assert_eq!(picture_size(&client, "lamp").await, PNG.len());

    let get = http
        .get("/products/lamp/picture")
        .header("accept", "image/png");
    let shown = get.await;
    assert_eq!(shown.status(), 200);
    assert_eq!(shown.header("content-type"), Some("image/png"));
    assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(shown.body(), PNG);

    // A change of the product leaves it alone.
    let details = json!({ "name": "A lamp", "category": "light", "price": 1 });
    http.put("/products/lamp").json(&details).await;
    assert_eq!(picture_size(&client, "lamp").await, PNG.len());

    // It goes with the product, even if another one gets the id.
    http.delete("/products/lamp").await;
    assert_eq!(http.get("/products/lamp/picture").await.status(), 404);
    add(&client, &[("lamp", "light")]).await;
    assert_eq!(http.get("/products/lamp/picture").await.status(), 404);
}

#[tokio::test]
async fn what_is_no_picture_of_a_product_is_refused() {
    let aws = Aws::create().await;
    let client = aws.store().await;
    add(&client, &[("lamp", "light")]).await;
    let put = async |id: &str, content_type: &str, bytes: Vec<u8>| {
        let put = client.http().put(&format!("/products/{id}/picture"));
        error(&put.header("content-type", content_type).body(bytes).await)
    };
    let answer =
        |status: u16, code: &str, message: &str| (status, code.to_owned(), message.to_owned());

    assert_eq!(
        put("torch", "image/png", PNG.to_vec()).await,
        answer(404, "NotFoundError", "no product has the id `torch`")
    );
    assert_eq!(
        put("lamp", "image/jpeg", vec![0xff; MAX_PICTURE + 1]).await,
        answer(
            413,
            "PictureTooLargeError",
            "a picture has at most 1048576 bytes, and this one has 1048577"
        )
    );
    assert_eq!(
        put("lamp", "image/jpeg", Vec::new()).await,
        answer(
            422,
            "UnprocessableEntityError",
            "a picture has bytes, and this one has none"
        )
    );
    for content_type in ["image/svg+xml", "application/json", "image/pngx"] {
        let (status, code, _) = put("lamp", content_type, PNG.to_vec()).await;
        assert_eq!((status, &*code), (415, "UnsupportedMediaType"));
    }
    let untyped = client.http().put("/products/lamp/picture").body(PNG).await;
    assert_eq!(untyped.status(), 415);
    let (status, ..) = put("Lamp", "image/png", PNG.to_vec()).await;
    assert_eq!(status, 400);
    assert!(aws.keys().await.is_empty());

    // The largest one there may be.
    let put = client.http().put("/products/lamp/picture");
    let put = put
        .header("content-type", "image/jpeg")
        .body(vec![0xff; MAX_PICTURE]);
    assert_eq!(put.await.status(), 202);
}
