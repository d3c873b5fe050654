//! `cargo chalice invoke`: one function, one event, the answer.

mod event;
mod payload;

use std::path::PathBuf;

use bytes::Bytes;
use clap::Args;

use self::event::{EventOptions, Made};
use crate::app_build::AppOptions;
use crate::local::{Invoked, LocalApp};
use crate::{Error, standard_output};

const EXAMPLES: &str = "\
Examples:
  cargo chalice invoke --local -n Checkout --payload order.json
  echo '{\"article\": \"tea\", \"count\": 2}' | cargo chalice invoke --local -n Checkout

The event of a source, made from options; -p events is the example of that name:
  s3          --bucket, --key, --event-name, --size
              cargo chalice invoke --local -p events -n resize --event s3 --key images/a.jpg --size 2000
  sns         --message, --subject, --topic, --attribute
              cargo chalice invoke --local -p events -n notify --event sns --message hello --subject hi
  sqs         --body (one per message), --queue, --group-id, --attribute
              cargo chalice invoke --local -p events -n order --event sqs --body '{\"article\": \"tea\", \"count\": 2}'
  kinesis     --data (one per record), --stream, --partition-key
              cargo chalice invoke --local -p events -n click --event kinesis --data one --data two
  dynamodb    --new-image, --old-image, --keys, --table
              cargo chalice invoke --local -p events -n stored --event dynamodb --new-image '{\"article\": \"tea\", \"count\": 2}'
  cloudwatch  --source, --detail-type, --detail, --resource, --time
              cargo chalice invoke --local -p events -n pushed --event cloudwatch --detail-type Push \\
                --detail '{\"repositoryName\": \"shop\", \"referenceName\": \"main\"}'
  schedule    --rule, --time
              cargo chalice invoke --local -p events -n sweep --event schedule
  websocket   --route-key, --connection-id, --body, --header, --query
              cargo chalice invoke --local -p events -n websocket_message --event websocket --body hello
  http        --method, --path, --header, --body
              cargo chalice invoke --local -p helloworld -n api_handler --event http --path /cities/seattle";

/// Invokes a function of the app with one event.
///
/// With `--local`, on this machine: builds the app, starts its executable as Lambda does,
/// and hands it the event. The event is JSON from `--payload` or the
/// standard input, or it is made for an event source from the options below. What the function returns is
/// printed as it is; its log goes to the standard error. When the function fails, so does this
/// command, with the error's type and message on the standard error.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The function: its name within the app, on AWS Lambda, or its ARN.
    #[arg(short, long)]
    name: String,
    /// Run the function on this machine.
    #[arg(long)]
    local: bool,
    /// The stage, a part of the function's name on AWS Lambda.
    #[arg(long, default_value = "dev")]
    stage: String,
    /// The file with the event, JSON; `-` for the standard input, which is also read
    /// if it is no terminal and nothing else says what the event is. Nothing in it is `{}`.
    #[arg(long, value_name = "FILE")]
    payload: Option<PathBuf>,
    #[command(flatten)]
    event: EventOptions,
    #[command(flatten)]
    app: AppOptions,
}

/// What the function is invoked with.
enum Given {
    Payload(Bytes),
    Options,
}

/// Invokes the function and prints its answer.
pub(crate) async fn run(arguments: Arguments) -> Result<(), Error> {
    if !arguments.local {
        return Err(
            "`cargo chalice invoke` without `--local` is for functions that are deployed, which this version cannot \
             reach: add `--local` to run the function on this machine"
                .into(),
        );
    }
    // Before the build, which may take minutes: mistakes on the command line are known at once.
    let given = given(&arguments)?;
    let app = LocalApp::build(&arguments.app, arguments.stage).await?;
    let function = app.find(&arguments.name)?;
    let event = match given {
        Given::Payload(payload) => payload,
        Given::Options => match arguments.event.make(function)? {
            Made::Event(event) => event.to_string().into(),
            Made::Request(request) => app.event_of(*request).await?.into(),
        },
    };
    match app.invoke(&arguments.name, event).await? {
        Invoked::Returned(answer) => {
            standard_output::print(&answer)?;
            standard_output::print(b"\n")
        }
        Invoked::Failed {
            error_type,
            error_message,
        } => Err(format!(
            "the function `{}` failed: {error_type}: {error_message}",
            function.name
        )
        .into()),
    }
}

fn given(arguments: &Arguments) -> Result<Given, Error> {
    let options = arguments.event.any();
    match &arguments.payload {
        Some(_) if options => Err(
            "`--payload` is the event, and so is what `--event` and its options make: leave one of them out".into(),
        ),
        None if options => {
            arguments.event.check()?;
            Ok(Given::Options)
        }
        file => Ok(Given::Payload(payload::read(file.as_deref())?)),
    }
}
