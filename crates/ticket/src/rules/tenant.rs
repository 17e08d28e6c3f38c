//! Of which tenants the records are that a ticket names.

use kernel::{Error, OrganisationId, Result};

/// What a ticket names is of its own tenant or shared by the operator: the people of the tenant read
/// the names.
///
/// # Errors
/// Invalid in that field.
pub fn belongs(field: &'static str, ticket: OrganisationId, record: OrganisationId) -> Result<()> {
    if record == ticket || record == party::SHARED { Ok(()) } else { Err(Error::invalid(field, "error-other-tenant")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_names_what_is_of_its_tenant_or_shared() {
        let (own, other) = (OrganisationId::new(3), OrganisationId::new(4));
        belongs("service", own, own).expect("its own");
        belongs("service", own, party::SHARED).expect("the operator's");
        let refused = belongs("service", own, other).expect_err("another customer's");
        assert_eq!((refused.fields()[0].field.as_ref(), refused.fields()[0].code), ("service", "error-other-tenant"));
    }
}
