//! What one can do, a verb each.

pub mod change_password;
pub mod create_token;
pub mod end_sessions;
pub mod log_in;
pub mod log_out;
pub mod manage;
pub mod reset_password;
pub mod revoke_token;
pub mod save_look;
pub mod save_profile;
pub mod see_as;
pub mod set_up;
pub mod shut_out;
