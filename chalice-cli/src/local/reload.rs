//! Builds the app again when its source changes, and puts the new build into service.

use super::deployment::{Current, Deployment, Place};
use super::source_watcher::{SourceWatcher, WatchError};
use crate::Error;
use crate::app_build::{App, AppOptions, BuildVariant};

/// Keeps the served app up to date with its source.
pub(super) struct Reload {
    options: AppOptions,
    place: Place,
    watcher: SourceWatcher,
}

impl Reload {
    /// Starts to watch the app's source.
    pub(super) fn new(app: &App, options: AppOptions, place: Place) -> Result<Reload, WatchError> {
        Ok(Reload {
            watcher: SourceWatcher::new(app)?,
            options,
            place,
        })
    }

    /// Rebuilds after each change, until the future is dropped.
    pub(super) async fn run(mut self, current: &Current) {
        loop {
            self.watcher.changed().await;
            if let Err(error) = self.rebuild(current).await {
                eprintln!("error: {error}");
                eprintln!("The last version that compiled keeps serving.");
            }
        }
    }

    async fn rebuild(&mut self, current: &Current) -> Result<(), Error> {
        // The change may have been one of Cargo.toml.
        let app = App::find(&self.options)?;
        if !self.watcher.covers(&app) {
            self.watcher = SourceWatcher::new(&app)?;
        }
        let executable = app.build(BuildVariant::default()).await?;
        let old = current.get();
        if old.is_of(&executable) {
            return Ok(());
        }
        let new = Deployment::new(&app, &executable, &self.place)?;
        let known = old.warnings();
        for warning in new
            .warnings()
            .iter()
            .filter(|warning| !known.contains(warning))
        {
            eprintln!("warning: {warning}");
        }
        current.replace(new);
        eprintln!("Reloaded");
        Ok(())
    }
}
