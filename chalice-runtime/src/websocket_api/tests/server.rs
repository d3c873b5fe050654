//! What stands for API Gateway: an HTTP server on this machine that gives prepared answers.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A request that has come.
#[derive(Clone, Debug, Default)]
pub(super) struct Received {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// The number of the TCP connection that it came on.
    pub(super) connection: usize,
}

impl Received {
    pub(super) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

pub(super) struct Server {
    pub(super) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// A server that answers every request by that status, header lines and body.
    pub(super) async fn start(status: u16, headers: &str, body: &str) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        let received = Arc::default();
        let length = body.len();
        let answer =
            format!("HTTP/1.1 {status} Reason\r\ncontent-length: {length}\r\n{headers}\r\n{body}");
        let requests = Arc::clone(&received);
        tokio::spawn(async move {
            let mut connection = 0;
            while let Ok((stream, _)) = listener.accept().await {
                connection += 1;
                tokio::spawn(serve(
                    stream,
                    connection,
                    answer.clone(),
                    Arc::clone(&requests),
                ));
            }
        });
        Server { url, received }
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

async fn serve(
    stream: TcpStream,
    connection: usize,
    answer: String,
    requests: Arc<Mutex<Vec<Received>>>,
) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let mut words = lines[0].split(' ').map(str::to_owned);
        let mut request = Received {
            method: words.next().unwrap(),
            path: words.next().unwrap(),
            connection,
            ..Received::default()
        };
        for line in &lines[1..] {
            let (name, value) = line.split_once(": ").unwrap();
            let header = (name.to_ascii_lowercase(), value.to_owned());
            request.headers.push(header);
        }
        let length = request.header("content-length").parse().unwrap_or(0);
        request.body = vec![0; length];
        stream.read_exact(&mut request.body).await.unwrap();
        requests.lock().unwrap().push(request);
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}
