//! Imports told as stories, on both databases.

mod desk;
mod examples;
mod history;
mod killed;
mod mistakes;
mod refused;
mod single;
mod undone;
