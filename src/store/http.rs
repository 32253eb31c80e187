//! Files on a web server, read by range requests: one request a read, nothing read ahead, nothing written.
//!
//! A server has to answer a range with 206 and the `Content-Range` that was asked for. Redirects are followed by the
//! client, 5 at most; 429 and 5xx are tried again, [`TRIES_MAX`] times in all, with the pauses that the server asks for
//! up to [`PAUSE_MAX`].

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};
use url::Url;

use super::{Source, StoreError};

/// How often one request is made before its failure counts.
const TRIES_MAX: u32 = 4;
/// Longest pause between two tries.
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// First pause where the server asks for none; it doubles.
const PAUSE_MIN: Duration = Duration::from_millis(250);
/// How long a connection may take to be made.
const CONNECT_MAX: Duration = Duration::from_secs(20);
/// How long one request may take in all.
const REQUEST_MAX: Duration = Duration::from_secs(300);
/// Most redirects that are followed.
const REDIRECTS_MAX: u32 = 5;
/// Largest range of one request, in bytes.
const RANGE_BYTES_MAX: usize = 128 << 20;

/// Files below a URL.
#[derive(Clone, Debug)]
pub struct Http {
    base: Url,
    agent: Agent,
    pause_min: Duration,
}

/// Whether this names a place on a web server.
pub fn is_url(place: &str) -> bool {
    place.starts_with("https://") || place.starts_with("http://")
}

impl Http {
    /// The files below `base`, which ends with the folder's name, with or without a slash.
    pub fn new(base: &str) -> Result<Self, StoreError> {
        let refused =
            |error: &dyn std::fmt::Display| StoreError::read(&PathBuf::from(base), io::Error::other(error.to_string()));
        let mut parsed = Url::parse(base).map_err(|error| refused(&error))?;
        if !is_url(base) || parsed.cannot_be_a_base() {
            return Err(refused(&"no http or https URL"));
        }
        if !parsed.path().ends_with('/') {
            let folder = format!("{}/", parsed.path());
            parsed.set_path(&folder);
        }
        // Another part of the program may have chosen one; any will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .timeout_connect(Some(CONNECT_MAX))
            .timeout_global(Some(REQUEST_MAX))
            .max_redirects(REDIRECTS_MAX)
            .http_status_as_error(false)
            .user_agent(concat!("gristmill/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls);
        Ok(Self { base: parsed, agent: config.build().into(), pause_min: PAUSE_MIN })
    }

    /// The same with another first pause between tries.
    #[must_use]
    pub fn with_pause(self, pause_min: Duration) -> Self {
        Self { pause_min, ..self }
    }

    /// A file by its path below the base, each part percent-encoded. Its beginning is asked for, which tells its length.
    pub fn open(&self, path: &str) -> Result<Arc<dyn Source>, StoreError> {
        let mut url = self.base.clone();
        let is_below = !path.is_empty() && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        match url.path_segments_mut() {
            Ok(mut segments) if is_below => {
                segments.pop_if_empty().extend(path.split('/'));
            }
            _ => return Err(StoreError::read(&PathBuf::from(path), io::Error::other("no path below the URL"))),
        }
        let (agent, pause_min) = (self.agent.clone(), self.pause_min);
        let file = File { url: url.into(), agent, pause_min, head: OnceLock::new() };
        // The length is known from the first answer; a file that is not there is told here.
        file.head().map_err(|error| StoreError::read(&PathBuf::from(&file.url), error))?;
        Ok(Arc::new(file))
    }
}

/// How much of a file's beginning is read when it is opened, in bytes: what tells the length tells the head too.
const HEAD_BYTES: usize = 64 << 10;

struct File {
    url: String,
    agent: Agent,
    pause_min: Duration,
    /// The beginning of the file and its length.
    head: OnceLock<(Vec<u8>, u64)>,
}

impl File {
    fn head(&self) -> io::Result<&(Vec<u8>, u64)> {
        if let Some(head) = self.head.get() {
            return Ok(head);
        }
        let mut bytes = vec![0; HEAD_BYTES];
        let (count, length) = self.range(&mut bytes, 0)?;
        bytes.truncate(count);
        Ok(self.head.get_or_init(|| (bytes, length)))
    }

    /// Fills the buffer from an offset as far as the file goes; returns how much that is, and the length of the file.
    fn range(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<(usize, u64)> {
        let mut pause = self.pause_min;
        for tried in 1.. {
            let (why, asked) = match self.try_range(buffer, offset_bytes) {
                Ok(done) => return Ok(done),
                Err(Failed::ForGood(error)) => return Err(error),
                Err(Failed::ForNow(why, asked)) => (why, asked),
            };
            if tried == TRIES_MAX {
                return Err(io::Error::other(format!("{why}, {TRIES_MAX} times")));
            }
            std::thread::sleep(asked.unwrap_or(pause).min(PAUSE_MAX));
            pause *= 2;
        }
        unreachable!("the last try returns")
    }

    fn try_range(&self, buffer: &mut [u8], offset_bytes: u64) -> Result<(usize, u64), Failed> {
        let last = offset_bytes + buffer.len() as u64 - 1;
        let request = self.agent.get(&self.url).header("Range", format!("bytes={offset_bytes}-{last}"));
        let response = request.header("Accept-Encoding", "identity").call().map_err(|error| match error {
            ureq::Error::Io(_) | ureq::Error::Timeout(_) | ureq::Error::ConnectionFailed => {
                Failed::ForNow(error.to_string(), None)
            }
            error => Failed::ForGood(io::Error::other(error.to_string())),
        })?;
        let status = response.status().as_u16();
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
        let refused = |message: String| Failed::ForGood(io::Error::other(message));
        match status {
            206 => {}
            429 | 500..=599 => {
                let asked = header("Retry-After").and_then(|seconds| seconds.trim().parse().ok());
                return Err(Failed::ForNow(format!("the server answers {status}"), asked.map(Duration::from_secs)));
            }
            404 => return Err(Failed::ForGood(io::Error::new(io::ErrorKind::NotFound, "the server answers 404"))),
            200 => {
                return Err(refused(String::from("the server answers 200 to a range: it cannot read parts of a file")));
            }
            _ => return Err(refused(format!("the server answers {status} to a range"))),
        }
        let stated = header("Content-Range").map(str::to_owned);
        let (first, end, length) = stated.as_deref().and_then(content_range).ok_or_else(|| {
            refused(format!(
                "Content-Range is {:?}; a range of bytes was wanted",
                stated.as_deref().unwrap_or_default()
            ))
        })?;
        let wanted = length.saturating_sub(offset_bytes).min(buffer.len() as u64);
        if first != offset_bytes || end + 1 - first != wanted {
            let message =
                format!("the server sends bytes {first}-{end} of {length}; {offset_bytes}-{last} were wanted");
            return Err(refused(message));
        }
        let buffer = &mut buffer[..wanted as usize];
        let mut body = response.into_body().into_with_config().limit(wanted).reader();
        match body.read_exact(buffer) {
            Ok(()) => Ok((buffer.len(), length)),
            Err(error) => Err(Failed::ForNow(format!("the answer ends early: {error}"), None)),
        }
    }
}

/// Why a request failed.
enum Failed {
    /// Another try would fail too.
    ForGood(io::Error),
    /// Another try may not; with the pause that the server asks for.
    ForNow(String, Option<Duration>),
}

impl Source for File {
    fn len_bytes(&self) -> u64 {
        // It was read when the file was opened.
        self.head.get().map_or(0, |(_, length)| *length)
    }

    fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize> {
        let (head, length) = self.head()?;
        if buffer.is_empty() || offset_bytes >= *length {
            return Ok(0);
        }
        if buffer.len() > RANGE_BYTES_MAX {
            return Err(io::Error::other(format!("{} bytes are more than one request may take", buffer.len())));
        }
        let end = (*length).min(offset_bytes + buffer.len() as u64);
        if end <= head.len() as u64 {
            let there = &head[offset_bytes as usize..end as usize];
            buffer[..there.len()].copy_from_slice(there);
            return Ok(there.len());
        }
        let (count, found) = self.range(buffer, offset_bytes)?;
        if found != *length {
            return Err(io::Error::other(format!("the file had {length} bytes and has {found} now")));
        }
        Ok(count)
    }
}

/// `bytes FIRST-LAST/LENGTH`, in order.
fn content_range(value: &str) -> Option<(u64, u64, u64)> {
    let (range, length) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last, length) = (first.parse().ok()?, last.parse().ok()?, length.parse().ok()?);
    (first <= last && last < length).then_some((first, last, length))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::sync::Mutex;

    use super::*;

    /// Answers requests on the loopback, one after the other, with what `answer` gives for the n-th request's lines.
    fn serve(answer: impl Fn(usize, &[String]) -> Vec<u8> + Send + 'static) -> (String, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback has a port");
        let address = format!("http://{}/crawl data", listener.local_addr().expect("it is bound"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().flatten().enumerate() {
                let lines: Vec<String> =
                    BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
                seen.lock().expect("no test panics with it").push(lines[0].clone());
                let _ = (&stream).write_all(&answer(number, &lines));
            }
        });
        (address, asked)
    }

    /// The part of `bytes` that a request asks for, as a server sends it.
    fn part(bytes: &[u8], lines: &[String]) -> Vec<u8> {
        let range =
            lines.iter().find_map(|line| line.to_ascii_lowercase().strip_prefix("range: bytes=").map(str::to_owned));
        let (first, last) = range.as_deref().and_then(|range| range.split_once('-')).expect("a range is asked for");
        let first: usize = first.parse().expect("a number");
        let end = (last.parse::<usize>().expect("a number") + 1).min(bytes.len());
        let head = format!(
            "HTTP/1.1 206 Partial Content\r\nContent-Length: {}\r\nContent-Range: bytes {first}-{}/{}\r\nConnection: close\r\n\r\n",
            end - first,
            end - 1,
            bytes.len()
        );
        [head.as_bytes(), &bytes[first..end]].concat()
    }

    fn status(words: &str) -> Vec<u8> {
        format!("HTTP/1.1 {words}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
    }

    fn http(base: &str) -> Http {
        Http::new(base).expect("a URL").with_pause(Duration::ZERO)
    }

    #[test]
    fn a_read_is_one_request_and_the_head_none() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|number| number as u8).collect();
        let there = bytes.clone();
        let (base, asked) = serve(move |_, lines| part(&there, lines));
        let file = http(&base).open("a b/c%.warc.gz").expect("it is served");
        assert_eq!(file.len_bytes(), 200_000);
        let mut buffer = [0; 1000];
        assert_eq!(file.read_at(&mut buffer, 10).expect("the head is there"), 1000);
        assert_eq!(buffer, bytes[10..1010]);
        assert_eq!(file.read_at(&mut buffer, 199_500).expect("it is served"), 500);
        assert_eq!(buffer[..500], bytes[199_500..]);
        assert_eq!(file.read_at(&mut buffer, 200_000).expect("nothing is asked"), 0);
        let asked = asked.lock().expect("no test panics with it");
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[0], "GET /crawl%20data/a%20b/c%25.warc.gz HTTP/1.1");
    }

    #[test]
    fn a_busy_server_is_asked_again_and_not_for_ever() {
        let (base, asked) = serve(|number, lines| match number {
            0 => b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
            1 => status("429 Too Many Requests"),
            _ => part(b"abc", lines),
        });
        assert_eq!(http(&base).open("x").expect("the third try").len_bytes(), 3);
        assert_eq!(asked.lock().expect("no test panics with it").len(), 3);
        let (base, asked) = serve(|_, _| status("500 Broken"));
        let words = http(&base).open("x").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(words.contains("the server answers 500, 4 times"), "{words}");
        assert_eq!(asked.lock().expect("no test panics with it").len(), 4);
    }

    #[track_caller]
    fn check_refused(answer: &'static str, expected: &str) {
        let (base, asked) = serve(move |_, _| answer.as_bytes().to_vec());
        let words = http(&base).open("x").err().map(|error| error.to_string()).unwrap_or_default();
        assert!(words.contains(expected), "{words}");
        assert_eq!(asked.lock().expect("no test panics with it").len(), 1);
    }

    #[test]
    fn answers_that_are_not_what_was_asked_for_are_refused() {
        check_refused("HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n", "the server answers 404");
        check_refused("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "it cannot read parts of a file");
        check_refused("HTTP/1.1 206 Part\r\nContent-Length: 3\r\n\r\nabc", "Content-Range is");
        let other = "HTTP/1.1 206 Part\r\nContent-Range: bytes 5-7/9\r\nContent-Length: 3\r\n\r\nabc";
        check_refused(other, "the server sends bytes 5-7 of 9; 0-65535 were wanted");
    }

    #[test]
    fn only_paths_below_the_base_are_opened() {
        let base = http("http://127.0.0.1:9/");
        for path in ["", "../x", "a//b", "/a", "a/.."] {
            let words = base.open(path).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(words.contains("no path below the URL"), "{path}: {words}");
        }
        assert!(Http::new("ftp://example.org/").is_err());
    }

    #[test]
    fn ranges_are_read_as_servers_write_them() {
        assert_eq!(content_range("bytes 0-9/10"), Some((0, 9, 10)));
        for wrong in ["bytes 0-10/10", "bytes 5-4/10", "bytes */10", "bytes 0-9/*", "0-9/10", ""] {
            assert_eq!(content_range(wrong), None, "{wrong}");
        }
    }
}
