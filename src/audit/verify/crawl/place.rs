//! Where the files of a crawl lie, each opened once, with what its head tells: the crawl's name, and what a record that
//! is read by itself needs in front of it.

use std::collections::HashMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::engine::manifest::is_below;
use crate::store::http::Http;
use crate::store::{Source, Store};
use crate::text::shown;
use crate::warc::batch::{Batch, Item};
use crate::warc::content::SourceFile;
use crate::warc::limits::Limits;
use crate::warc::reader::Reader;
use crate::warc::record::Header;

/// How much of a file's beginning is looked at, in bytes; the first record stands there, and a dictionary if there is
/// one.
const HEAD_BYTES: usize = 64 << 10;
/// Largest dictionary with its frame, in bytes.
const DICTIONARY_BYTES_MAX: usize = 16 << 20;
/// What the frame of a dictionary begins with, in a `.warc.zst`.
const DICTIONARY_MAGIC: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// A `warcinfo` record stands among the first records of a file, if there is one.
const WARCINFO_WITHIN: usize = 3;

/// Where the files of a crawl lie.
pub trait Place: Send + Sync {
    /// Opens a file by the path that rows state; an error says in words why not.
    fn open(&self, file_path: &str) -> Result<Arc<dyn Source>, String>;
    /// Whether every read is a request over the network.
    fn is_remote(&self) -> bool;
}

/// A folder or a single file of a store.
pub struct Folder<'a> {
    store: &'a dyn Store,
    base: PathBuf,
}

impl<'a> Folder<'a> {
    /// The files below `base`, or `base` itself.
    pub fn new(store: &'a dyn Store, base: &Path) -> Self {
        Self { store, base: base.to_owned() }
    }
}

impl Place for Folder<'_> {
    /// The file of this path below the folder, or of its last name in it, or the file itself.
    fn open(&self, file_path: &str) -> Result<Arc<dyn Source>, String> {
        let last = file_path.rsplit('/').next().unwrap_or_default();
        let named = [file_path, last].into_iter().filter(|name| is_below(name)).map(|name| self.base.join(name));
        let is_itself = self.base.file_name().is_some_and(|name| name.to_str() == Some(last));
        let candidates = named.chain(is_itself.then(|| self.base.clone()));
        let mut opened = candidates.filter_map(|path| self.store.open(&path).ok());
        opened
            .next()
            .ok_or_else(|| format!("it is not in {}, neither by its path nor by its name", shown::path(&self.base)))
    }

    fn is_remote(&self) -> bool {
        false
    }
}

impl Place for Http {
    fn open(&self, file_path: &str) -> Result<Arc<dyn Source>, String> {
        Self::open(self, file_path).map_err(|error| error.to_string())
    }

    fn is_remote(&self) -> bool {
        true
    }
}

/// A file of the crawl.
pub struct Opened {
    /// Its bytes.
    pub source: Arc<dyn Source>,
    /// Its name, and the crawl it is part of.
    pub file: SourceFile,
    /// What stands in front of a record that is read by itself: a dictionary, or the version block of an ARC file.
    pub head: Vec<u8>,
}

/// Files of a crawl, each opened once.
pub struct Places<'a> {
    place: &'a dyn Place,
    opened: Mutex<HashMap<String, Result<Arc<Opened>, String>>>,
}

impl<'a> Places<'a> {
    /// None opened yet.
    pub fn new(place: &'a dyn Place) -> Self {
        Self { place, opened: Mutex::default() }
    }

    /// Whether every read is a request over the network.
    pub fn is_remote(&self) -> bool {
        self.place.is_remote()
    }

    /// A file by the path that rows state.
    pub fn get(&self, file_path: &str) -> Result<Arc<Opened>, String> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = opened.get(file_path) {
            return known.clone();
        }
        let source = self.place.open(file_path);
        let found = source.and_then(|source| open(source, file_path)).map(Arc::new);
        opened.insert(file_path.to_owned(), found.clone());
        found
    }
}

fn open(source: Arc<dyn Source>, file_path: &str) -> Result<Opened, String> {
    let mut head = vec![0; HEAD_BYTES.min(usize::try_from(source.len_bytes()).unwrap_or(HEAD_BYTES))];
    let count = source.read_at(&mut head, 0).map_err(|error| error.to_string())?;
    head.truncate(count);
    let mut file = SourceFile::new(file_path);
    let mut front = Vec::new();
    if let [a, b, c, d, size @ ..] = &*head
        && [*a, *b, *c, *d] == DICTIONARY_MAGIC
        && let Some(size) = size.first_chunk()
    {
        let bytes = 8 + u32::from_le_bytes(*size) as usize;
        if bytes > DICTIONARY_BYTES_MAX {
            return Err(format!("its dictionary has {bytes} bytes, more than {DICTIONARY_BYTES_MAX}"));
        }
        front = vec![0; bytes];
        let count = source.read_at(&mut front, 0).map_err(|error| error.to_string())?;
        front.truncate(count);
        // The first records, behind the dictionary.
        let mut more = vec![0; bytes + HEAD_BYTES];
        let count = source.read_at(&mut more, 0).map_err(|error| error.to_string())?;
        more.truncate(count);
        head = more;
    }
    let mut batch = Batch::new();
    // A head that cannot be read tells nothing; the records behind it will say what is wrong.
    if let Ok(mut reader) = Reader::open(Box::new(Cursor::new(head.clone())), file_path, Limits::default())
        && reader.fill(&mut batch, 1).is_ok()
    {
        for (number, item) in batch.iter().take(WARCINFO_WITHIN).enumerate() {
            let Item::Record(record) = item else { continue };
            file.learn(&record);
            if number == 0 && matches!(record.header, Header::Arc(header) if header.is_version_block()) {
                let length = usize::try_from(record.length_bytes).unwrap_or(usize::MAX).min(head.len());
                front = head[..length].to_vec();
            }
        }
    }
    Ok(Opened { source, file, head: front })
}
