//! `gristmill card`: the cards of a set anew, from its run record.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::engine::folder::Folder;
use crate::engine::local::write_cards;
use crate::engine::manifest::Manifest;
use crate::store::Store;
use crate::text::shown;

/// Write the cards of a set anew from its run record.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a finished set.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Runs the command.
pub fn run(arguments: &Arguments, store: &dyn Store, out: &mut dyn Write) -> anyhow::Result<()> {
    let manifest = manifest_of(&arguments.folder, store)?;
    let folder = Folder::new(&arguments.folder);
    write_cards(store, &folder, &manifest.record, &manifest.file())?;
    writeln!(out, "{}", shown::path(&folder.file("README.md")))?;
    Ok(())
}

/// The manifest of a finished set, with its run record.
pub fn manifest_of(folder: &Path, store: &dyn Store) -> anyhow::Result<Manifest> {
    there(folder, store)?;
    Ok(Manifest::read(store, folder)?)
}

/// Refuses a folder without a manifest.
pub fn there(folder: &Path, store: &dyn Store) -> anyhow::Result<()> {
    let manifest = Folder::new(folder).manifest();
    if !store.exists(&manifest) {
        bail!(
            "{} holds no manifest.json, so it is no finished set\nhint: finish the run first, or name the folder that --out named",
            shown::path(folder)
        );
    }
    Ok(())
}
