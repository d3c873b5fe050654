//! What to do when there are no credentials, or none that AWS takes.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;

/// What to do, if the error is one of finding credentials.
pub(super) fn missing(error: &(dyn Error + 'static), profile: Option<&str>) -> Option<String> {
    let mut source = Some(error);
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref::<CredentialsError>() {
            return Some(explain(error, profile));
        }
        source = error.source();
    }
    None
}

/// The messages of an error and of its causes, without repetitions.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut source = Some(error);
    while let Some(error) = source {
        let message = error.to_string();
        if !message.is_empty() && !text.contains(&message) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&message);
        }
        source = error.source();
    }
    text
}

fn explain(error: &CredentialsError, profile: Option<&str>) -> String {
    let with_profile = profile.map(|profile| format!(" --profile {profile}"));
    let with_profile = with_profile.unwrap_or_default();
    let text = chain(error);
    let says = |part: &str| text.contains(part);
    if says("SSO token") || says("Session token not found or invalid") {
        return format!(
            "the session of AWS IAM Identity Center has expired, or nobody has signed in yet: run `aws sso \
             login{with_profile}`"
        );
    }
    if says("was not defined") || says("No profiles were defined") {
        let profile = profile.unwrap_or("default");
        return format!(
            "there is no profile `{profile}` in ~/.aws/config and ~/.aws/credentials: `aws configure list-profiles` \
             says which there are"
        );
    }
    if says("cargo feature") {
        return format!(
            "the profile signs in in a way that is not known here: run `eval \"$(aws configure \
             export-credentials{with_profile} --format env)\"` first"
        );
    }
    match error {
        CredentialsError::CredentialsNotLoaded(_) => format!(
            "there are no credentials for AWS: sign in by `aws sso login{with_profile}` or `aws \
             configure{with_profile}`, name a profile by `--profile`, or set AWS_ACCESS_KEY_ID and \
             AWS_SECRET_ACCESS_KEY"
        ),
        _ => format!("credentials for AWS cannot be loaded: {text}"),
    }
}

/// What to do, if AWS answers so to credentials that it does not take.
pub(super) fn refused(code: &str, profile: Option<&str>) -> Option<String> {
    let of_profile = match profile {
        Some(profile) => format!(" of the profile `{profile}`"),
        None => String::new(),
    };
    Some(match code {
        "ExpiredToken" | "ExpiredTokenException" | "TokenRefreshRequired" => format!(
            "the temporary credentials{of_profile} have expired: sign in again, or take new ones"
        ),
        "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "InvalidAccessKeyId"
        | "InvalidToken"
        | "AuthFailure" => format!(
            "AWS does not know the access key{of_profile}: it is deleted, of another partition or region, or lacks \
             its AWS_SESSION_TOKEN"
        ),
        "SignatureDoesNotMatch" | "InvalidSignatureException" | "IncompleteSignature" => format!(
            "the secret access key{of_profile} does not belong to its access key, or this machine's clock is wrong"
        ),
        "RequestExpired" | "RequestTimeTooSkewed" => {
            "this machine's clock is wrong: AWS takes requests of a few minutes around its own time"
                .to_owned()
        }
        "MissingAuthenticationToken" | "MissingAuthenticationTokenException" => {
            "the request is not signed".to_owned()
        }
        _ => return None,
    })
}
