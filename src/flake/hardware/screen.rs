//! Machines that somebody sits at: desktops, compositors, login screens, laptops. Of an Intel CPU they tell that it has
//! graphics, which those of many servers have not.

use super::foreign::foreign;
use super::reader::Reader;
use super::signs::{Fact, Strength};
use crate::eval::value::Value;

const SWITCHES: &[&[&str]] = &[
    &["services", "xserver", "enable"],
    &["services", "displayManager", "enable"],
    &["services", "displayManager", "gdm", "enable"],
    &["services", "displayManager", "sddm", "enable"],
    &["services", "displayManager", "ly", "enable"],
    &["services", "desktopManager", "gnome", "enable"],
    &["services", "desktopManager", "plasma6", "enable"],
    &["services", "desktopManager", "cosmic", "enable"],
    &["services", "greetd", "enable"],
    &["services", "pipewire", "enable"],
    &["programs", "hyprland", "enable"],
    &["programs", "niri", "enable"],
    &["programs", "sway", "enable"],
    &["programs", "river", "enable"],
    &["programs", "labwc", "enable"],
    &["programs", "steam", "enable"],
    &["hardware", "graphics", "enable"],
    &["hardware", "opengl", "enable"],
];

/// Notes that somebody sits at the host.
pub(super) fn read(reader: &mut Reader) {
    for option in SWITCHES {
        let on = |value: &Value| value.as_bool() == Some(true);
        reader.note_where(option, &Fact::Screen, Strength::Likely, on);
    }
    for module in foreign(reader) {
        if module.source.contains("hardware") && module.name.contains("laptop") {
            let text = module.name.clone();
            reader.note_module(&module, Fact::Screen, Strength::Likely, text);
        }
    }
}
