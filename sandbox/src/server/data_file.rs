//! The data file: the state as one file. It is written to a temporary file and renamed, so that a reader finds either
//! the old or the new state.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::world::World;
use crate::world::state::{SaveProblem, Store};

/// The file in which the state is saved.
#[derive(Clone, Debug)]
pub(crate) struct DataFile {
    path: PathBuf,
}

impl DataFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Loads the saved state; a new one if there is no file yet.
    pub(crate) fn load(&self) -> Result<World, LoadProblem> {
        let problem = |what: String| LoadProblem { path: self.path.display().to_string(), what };
        match fs::read(&self.path) {
            Ok(state) => World::read(&state).map_err(|unreadable| problem(unreadable.to_string())),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(World::default()),
            Err(other) => Err(problem(other.to_string())),
        }
    }

    fn replace(&self, state: &[u8]) -> io::Result<()> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        let mut temporary = self.path.clone().into_os_string();
        temporary.push(".new");
        fs::write(&temporary, state)?;
        fs::rename(&temporary, &self.path)
    }
}

impl Store for DataFile {
    fn save(&self, state: &[u8]) -> Result<(), SaveProblem> {
        self.replace(state).map_err(SaveProblem::new)
    }
}

/// The data file exists but cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("The data file {path} cannot be read: {what}")]
pub(crate) struct LoadProblem {
    path: String,
    what: String,
}
