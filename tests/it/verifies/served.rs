//! A crawl on a web server: a few lines of HTTP on the loopback that know ranges and nothing else.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Serves one file under any path; returns the URL and how many requests came so far.
pub fn served(bytes: Vec<u8>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback has a port");
    let url = format!("http://{}/crawl/", listener.local_addr().expect("it is bound"));
    let (bytes, requests) = (Arc::new(bytes), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&requests);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (bytes, counted) = (Arc::clone(&bytes), Arc::clone(&counted));
            std::thread::spawn(move || {
                counted.fetch_add(1, Ordering::Relaxed);
                answer(&stream, &bytes);
            });
        }
    });
    (url, requests)
}

fn answer(mut stream: &TcpStream, bytes: &[u8]) {
    let lines = BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let range =
        lines.filter_map(|line| line.to_ascii_lowercase().strip_prefix("range: bytes=").map(str::to_owned)).last();
    let Some((first, last)) = range.as_deref().and_then(|range| range.split_once('-')) else { return };
    let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else { return };
    let end = (last + 1).min(bytes.len());
    let (length, of, to) = (end - first, bytes.len(), end - 1);
    let head = format!(
        "HTTP/1.1 206 Partial Content\r\nContent-Length: {length}\r\nContent-Range: bytes {first}-{to}/{of}\r\nConnection: close\r\n\r\n"
    );
    // A client that is gone needs no answer.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes[first..end]));
}
