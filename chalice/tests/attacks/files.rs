//! Files as answers: names that climb, and uploads that turn into pages.

use chalice::{prelude::*, test::Client};

#[route("/files/<name>")]
fn download(name: String) -> Response {
    Response::file("<script>", &name)
}

#[app]
static APP: App = App {
    name: "files",
    handlers: [download],
};

#[tokio::test]
async fn names_have_no_path_in_them() {
    let client = Client::new(&APP).await.unwrap();
    for name in [
        "..%2F..%2Fetc%2Fpasswd",
        "..%5C..%5Cboot.ini",
        "C:%5CWindows%5Cwin.ini",
        "%2Fetc%2Fshadow",
        "..",
        ".",
        "a%00.png",
        "a%0D%0Ab",
        "a%22;filename=b",
        "%2F",
        "%5C%5Cserver%5Cshare%5Cx",
        "a%2F..",
    ] {
        let response = client
            .http()
            .get(&format!("/files/{name}"))
            .header("accept", "*/*")
            .await;
        assert_eq!(response.status(), 200, "{name}");
        let disposition = response.header("content-disposition").unwrap();
        let saved = disposition.strip_prefix("attachment; filename=\"").unwrap();
        let saved = saved.split('"').next().unwrap();
        assert!(
            !saved.contains(['/', '\\', '\0', '\r', '\n']),
            "{disposition}"
        );
        assert!(!["", ".", ".."].contains(&saved), "{disposition}");
        assert!(disposition.matches('"').count() == 2, "{disposition}");
    }
}

#[tokio::test]
async fn uploads_are_no_pages() {
    let client = Client::new(&APP).await.unwrap();
    for name in ["a.svg", "a.html", "a.xml", "a", "a.png.html", "a.HTML"] {
        let response = client
            .http()
            .get(&format!("/files/{name}"))
            .header("accept", "*/*")
            .await;
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        let disposition = response.header("content-disposition").unwrap();
        assert!(disposition.starts_with("attachment;"), "{disposition}");
    }
}
