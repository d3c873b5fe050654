//! Access to AWS as people have it: by variables and profiles. Each test runs again in a process with variables of its
//! own, and looks at what that has found.

use std::{
    env, fs,
    future::Future,
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    process::Command,
    thread,
};

use aws_sdk_s3::config::ProvideCredentials;
use chalice_deploy::{Access, Service};
use verifiers::Moto;

const IN_CHILD: &str = "CHALICE_DEPLOY_TEST_CHILD";
const RESULT: &str = "result: ";

/// In the process that a test has started: says what `found` finds. In the test: starts that process, with these
/// variables and with that home alone, and gets what it says.
fn find(
    test: &str,
    home: &Path,
    variables: &[(&str, &str)],
    found: impl Future<Output = String>,
) -> Option<String> {
    if env::var_os(IN_CHILD).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let text = runtime.unwrap().block_on(found);
        let line = format!("\n{RESULT}{text}\n");
        std::io::stdout().write_all(line.as_bytes()).unwrap();
        return None;
    }
    let output = Command::new(env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env_clear()
        .env(IN_CHILD, "")
        .env("HOME", home)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let result = stdout.lines().find_map(|line| line.strip_prefix(RESULT));
    let result =
        result.unwrap_or_else(|| panic!("{stdout}{}", String::from_utf8_lossy(&output.stderr)));
    Some(result.to_owned())
}

/// Who calls, and where; or why nobody can.
async fn identity(profile: Option<&str>, region: Option<&str>) -> String {
    let access = match Access::load(profile, region).await {
        Ok(access) => access,
        Err(error) => return error.to_string(),
    };
    match access.origin().await {
        Ok(origin) => {
            let identity = access.identity().await.unwrap();
            assert!(
                identity.arn.starts_with("arn:aws:sts::"),
                "{}",
                identity.arn
            );
            format!(
                "{} {} {}",
                origin.account_id, identity.partition, origin.region
            )
        }
        Err(error) => error.to_string(),
    }
}

/// With which key, and where.
async fn key(profile: Option<&str>) -> String {
    let access = Access::load(profile, None).await.unwrap();
    let provider = access.config().credentials_provider().unwrap();
    let credentials = provider.provide_credentials().await.unwrap();
    format!("{} {}", credentials.access_key_id(), access.region())
}

const KEYS: [(&str, &str); 2] = [
    ("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT"),
    ("AWS_SECRET_ACCESS_KEY", "secret"),
];

fn home_with(config: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join(".aws/sso/cache")).unwrap();
    fs::write(home.path().join(".aws/config"), config).unwrap();
    home
}

#[test]
fn the_account_is_that_of_the_credentials() {
    let moto = (env::var_os(IN_CHILD).is_none())
        .then(|| Moto::start().unwrap_or_else(|error| panic!("{error}")));
    let url = moto.map_or_else(String::new, |moto| {
        let url = moto.endpoint_url();
        // Until the process is over.
        Box::leak(Box::new(moto));
        url
    });
    let home = home_with("");
    let variables = [
        KEYS[0],
        KEYS[1],
        ("AWS_ENDPOINT_URL", &url),
        ("AWS_REGION", "eu-west-1"),
    ];
    let this = "the_account_is_that_of_the_credentials";
    let Some(result) = find(
        this,
        home.path(),
        &variables,
        identity(None, Some("eu-west-2")),
    ) else {
        return;
    };
    assert_eq!(result, "123456789012 aws eu-west-2");
    // The URL of one service wins.
    let variables = [
        variables[0],
        variables[1],
        variables[3],
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("AWS_ENDPOINT_URL_STS", &url),
    ];
    let result = find(this, home.path(), &variables, identity(None, None));
    assert_eq!(result.as_deref(), Some("123456789012 aws eu-west-2"));
}

#[test]
fn a_region_has_to_be_known() {
    let home =
        home_with("[profile team]\naws_access_key_id = AKIDTEAM\naws_secret_access_key = secret\n");
    let result = find(
        "a_region_has_to_be_known",
        home.path(),
        &KEYS,
        identity(Some("team"), None),
    );
    let Some(result) = result else { return };
    assert_eq!(
        result,
        "there is no region to deploy to: give `--region`, set AWS_REGION, or write `region = ..` into the profile \
         `team` in ~/.aws/config (`aws configure list-profiles` says which profiles there are)"
    );
}

#[test]
fn without_credentials_it_is_said_where_to_get_some() {
    let home = home_with("");
    let this = "without_credentials_it_is_said_where_to_get_some";
    let Some(result) = find(
        this,
        home.path(),
        &[("AWS_REGION", "eu-west-1")],
        identity(None, None),
    ) else {
        return;
    };
    assert_eq!(
        result,
        "AWS STS cannot be called (GetCallerIdentity): there are no credentials for AWS: sign in by `aws sso login` or \
         `aws configure`, name a profile by `--profile`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    );
}

#[test]
fn a_profile_that_is_not_there_is_said() {
    let home = home_with("[profile team]\nregion = eu-west-1\n");
    let this = "a_profile_that_is_not_there_is_said";
    let Some(result) = find(
        this,
        home.path(),
        &KEYS,
        identity(Some("taem"), Some("eu-west-1")),
    ) else {
        return;
    };
    assert_eq!(
        result,
        "AWS STS cannot be called (GetCallerIdentity): there is no profile `taem` in ~/.aws/config and \
         ~/.aws/credentials: `aws configure list-profiles` says which there are"
    );
}

#[test]
fn a_profile_that_is_given_wins_over_the_environment() {
    let home = home_with(
        "[profile team]\nregion = eu-west-1\naws_access_key_id = AKIDTEAM\naws_secret_access_key = secret\n",
    );
    let this = "a_profile_that_is_given_wins_over_the_environment";
    let Some(result) = find(this, home.path(), &KEYS, key(Some("team"))) else {
        return;
    };
    assert_eq!(result, "AKIDTEAM eu-west-1");
}

#[test]
fn an_expired_sign_in_says_how_to_sign_in() {
    let home = home_with(
        "[profile team]\nregion = eu-west-1\nsso_session = company\nsso_account_id = 123456789012\n\
         sso_role_name = Developer\n[sso-session company]\nsso_region = eu-west-1\n\
         sso_start_url = https://company.awsapps.com/start\n",
    );
    let this = "an_expired_sign_in_says_how_to_sign_in";
    let expected = "AWS STS cannot be called (GetCallerIdentity): the session of AWS IAM Identity Center has expired, \
                    or nobody has signed in yet: run `aws sso login --profile team`";
    let Some(result) = find(this, home.path(), &[], identity(Some("team"), None)) else {
        return;
    };
    assert_eq!(result, expected);
    // The SHA-1 of `company`.
    let token = "{\"accessToken\": \"t\", \"expiresAt\": \"2020-01-01T00:00:00Z\", \"region\": \"eu-west-1\", \
                 \"startUrl\": \"https://company.awsapps.com/start\"}";
    let cache = home
        .path()
        .join(".aws/sso/cache/71b21161ffa1e6516bcc072aaf5ef38cbe85b511.json");
    fs::write(cache, token).unwrap();
    let result = find(
        this,
        home.path(),
        &[("AWS_PROFILE", "team")],
        identity(Some("team"), None),
    );
    assert_eq!(result.as_deref(), Some(expected));
}

#[test]
fn requests_say_who_sends_them_and_refused_keys_are_explained() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"Version=2011-06-15") {
            let mut buffer = [0; 4096];
            let count = stream.read(&mut buffer).unwrap();
            assert_ne!(count, 0);
            request.extend_from_slice(&buffer[..count]);
        }
        let body = "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security \
                    token included in the request is invalid.</Message></Error></ErrorResponse>";
        write!(
            stream,
            "HTTP/1.1 403 Forbidden\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        String::from_utf8(request).unwrap().to_lowercase()
    });
    let home = home_with("");
    let this = "requests_say_who_sends_them_and_refused_keys_are_explained";
    let variables = [
        KEYS[0],
        KEYS[1],
        ("AWS_ENDPOINT_URL", &url),
        ("AWS_REGION", "eu-west-1"),
    ];
    let Some(result) = find(this, home.path(), &variables, identity(None, None)) else {
        return;
    };
    assert_eq!(
        result,
        "AWS STS cannot be called (GetCallerIdentity): AWS does not know the access key: it is deleted, of another \
         partition or region, or lacks its AWS_SESSION_TOKEN"
    );
    let request = server.join().unwrap();
    assert!(request.contains("action=getcalleridentity"), "{request}");
    assert!(request.contains("lib/cargo-chalice"), "{request}");
}

#[test]
fn where_a_service_is_reached_can_be_set() {
    let home = home_with("");
    let found = async {
        let access = Access::load(None, None).await.unwrap();
        let of = |service| access.endpoint_override(service).unwrap_or_default();
        format!("{} {}", of(Service::API_GATEWAY), of(Service::LAMBDA))
    };
    let variables = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
        ("AWS_ENDPOINT_URL_API_GATEWAY", "http://127.0.0.1:2"),
    ];
    let Some(result) = find(
        "where_a_service_is_reached_can_be_set",
        home.path(),
        &variables,
        found,
    ) else {
        return;
    };
    assert_eq!(result, "http://127.0.0.1:2 http://127.0.0.1:1");
}
