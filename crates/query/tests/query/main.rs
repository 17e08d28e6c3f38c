//! The filter language through its public door, over an example table of tickets.

#[cfg(test)]
mod cast;
#[cfg(test)]
mod completing;
#[cfg(test)]
mod editing;
#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod parsing;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod times;
#[cfg(test)]
mod words;
