//! Parameters of AWS Systems Manager.

use super::{
    handle::{operations, part, resource},
    kind::{PARAMETER, PARAMETER_ITSELF, PARAMETERS_BELOW},
};

resource! {
    /// A parameter of AWS Systems Manager's Parameter Store, or a level of a hierarchy of parameters.
    ///
    /// A `SecureString` that a customer managed key encrypts needs `kms:Decrypt` on that key besides.
    Parameter = PARAMETER
}

operations! { Parameter:
    /// `GetParameter` and `GetParameters`, on the parameter.
    read = &[part(&["ssm:GetParameter", "ssm:GetParameters"], PARAMETER.forms)];
    /// `PutParameter`, on the parameter.
    write = &[part(&["ssm:PutParameter"], PARAMETER.forms)];
    /// `GetParametersByPath`, on the level of this name and all that is below it.
    read_by_path = &[part(
        &["ssm:GetParametersByPath"],
        &[PARAMETER_ITSELF, PARAMETERS_BELOW],
    )];
}
