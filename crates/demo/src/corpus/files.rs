//! The scenario files, by name; a test compares the list with the folder.

macro_rules! scenarios {
    ($($key:ident)*) => {
        /// Key and text of every scenario.
        pub(super) const SCENARIOS: &[(&str, &str)] = &[
            $((stringify!($key), include_str!(concat!("../../data/scenario/", stringify!($key), ".toml"))),)*
        ];
    };
}

scenarios! {
    account_locked
    badge_reader
    blue_screen
    calendar_share
    certificate_renewal
    complaint_customer
    complaint_repair
    complaint_slow
    crm_crash
    customer_export
    customer_invoice
    customer_user
    dashboard_data
    desk_move
    dock_monitor
    erp_posting
    erp_role
    erp_slow
    file_restore
    firewall_review
    folder_access
    folder_denied
    gateway_offline
    guest_wifi
    handheld
    intranet_certificate
    label_printer
    laptop_slow
    laptop_stolen
    leaver
    mail_missing
    mailbox_full
    meeting_room
    mfa_phone
    mobile_phone
    monthly_patches
    new_employee
    new_laptop
    payslip
    phishing
    phone_audio
    portal_login
    printer_offline
    printer_queue
    report_wrong
    restore_test
    shared_mailbox
    software_install
    spreadsheet_addin
    suggestion_customer
    suggestion_portal
    suggestion_sso
    timesheet
    usb_policy
    vpn_abroad
    vpn_drops
    wifi_weak
}

pub(super) const COMMON: &str = include_str!("../../data/common.toml");
pub(super) const OUTAGES: &str = include_str!("../../data/outages.toml");
