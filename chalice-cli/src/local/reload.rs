//! Builds the app again when its source changes, and puts the new build into service.

use super::deployment::{Current, Deployment, Place};
use super::source_watcher::{SourceWatcher, Sources};
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
    pub(super) fn new(app: &App, options: AppOptions, place: Place) -> Result<Reload, Error> {
        Ok(Reload {
            watcher: SourceWatcher::new(app, Sources::of_app(app)?)?,
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
        let options = self.options.clone();
        // The change may have been one of Cargo.toml.
        let (app, sources) = beside_the_server(move || {
            let app = App::find(&options)?;
            let sources = Sources::of_app(&app)?;
            Ok((app, sources))
        })
        .await?;
        if !self.watcher.covers(&sources) {
            self.watcher = SourceWatcher::new(&app, sources)?;
        }
        let executable = app.build(BuildVariant::default()).await?;
        let old = current.get();
        if old.is_of(&app, &executable) {
            return Ok(());
        }
        let place = self.place.clone();
        let new = beside_the_server(move || Deployment::new(&app, &executable, &place)).await?;
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

/// Runs what waits for Cargo or copies files, while the server goes on answering.
async fn beside_the_server<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await?
}
