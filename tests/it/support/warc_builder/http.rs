//! An HTTP response as a crawler stores it: status line, headers in order, body, and codings on request.

use super::coding;

/// An HTTP/1.1 response. The body is kept without transfer coding, which [`Http::to_bytes`] adds.
#[derive(Clone, Debug)]
pub struct Http {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    chunked: bool,
}

impl Http {
    /// A response without headers, whose body is empty.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), chunked: false }
    }

    /// A page: status 200, `text/html; charset=utf-8`.
    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200).header("Content-Type", "text/html; charset=utf-8").body(body)
    }

    /// Adds a header after those that are there; the same name may come twice.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replaces the body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Compresses the body and says so: `Content-Encoding: gzip`.
    pub fn gzip_coded(mut self) -> Self {
        self.body = coding::gzip(&self.body);
        self.header("Content-Encoding", "gzip")
    }

    /// Sends the body in chunks of at most 512 bytes: `Transfer-Encoding: chunked`.
    pub fn chunked(mut self) -> Self {
        self.chunked = true;
        self.header("Transfer-Encoding", "chunked")
    }

    /// The payload that digests are of: the body without transfer coding, content coding left on.
    pub fn payload(&self) -> &[u8] {
        &self.body
    }

    /// Type of the content without parameters, if a header states it.
    pub fn content_type(&self) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"))?;
        value.split(';').next().map(str::trim)
    }

    /// Status line and headers up to and including the empty line.
    pub fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, phrase(self.status));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.chunked {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        head.into_bytes()
    }

    /// The whole response, as the block of a `response` record.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.head();
        match self.chunked {
            true => bytes.extend(coding::chunked(&self.body)),
            false => bytes.extend_from_slice(&self.body),
        }
        bytes
    }
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        304 => "Not Modified",
        404 => "Not Found",
        503 => "Service Unavailable",
        _ => "Status",
    }
}
