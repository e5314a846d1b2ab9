//! Overlays, lists of them, and what `nixpkgs.overlays` is set to.

use super::{DEPTH, Scope, VARIANTS, Writer};

impl Writer<'_, '_> {
    /// An overlay, as the item of a list.
    pub(super) fn overlay(&mut self, scope: Scope, depth: usize) -> String {
        let Scope { root, lib, .. } = scope;
        match self.tape.below(9) {
            0 | 1 => self.old_overlay(scope),
            2 => "(final: prev: { greeting = prev.hello; })".to_string(),
            3 => format!("(import {root}overlays/tools.nix)"),
            4 if self.published && scope.inputs => {
                let name = self.one(&["default", "words"]);
                format!("inputs.self.overlays.{name}")
            }
            5 => format!("(import {root}overlays).words"),
            6 if depth > 0 => {
                // Without a part of it, the whole would be another overlay to those who compare.
                let old = self.old.take();
                let list = self.overlays(scope, depth - 1);
                self.old = old;
                format!("({lib}.composeManyExtensions {list})")
            }
            7 if depth > 0 => {
                let (condition, one) = (self.condition(scope), self.overlay(scope, depth - 1));
                format!("(if {condition} then {one} else (final: prev: {{ }}))")
            }
            8 => "(self: super: { farewell = super.hello; })".to_string(),
            _ => "(_: prev: { greeting = prev.git; })".to_string(),
        }
    }

    /// The old overlay, where there is one that can be had here.
    fn old_overlay(&mut self, scope: Scope) -> String {
        let bound = scope.bound && self.tape.flag();
        match self.old_argument() {
            Some(_) if bound => "llama-variants".to_string(),
            Some(argument) if argument.is_empty() || scope.inputs => {
                format!("(import {}{VARIANTS}{argument})", scope.root)
            }
            _ => "(final: prev: { words = prev.git; })".to_string(),
        }
    }

    /// A list of overlays, as an argument or an item.
    pub(super) fn overlays(&mut self, scope: Scope, depth: usize) -> String {
        let Scope { root, lib, .. } = scope;
        let below = depth.saturating_sub(1);
        let choice = match depth {
            0 => 0,
            _ => self.tape.below(16),
        };
        match choice {
            0..=3 => {
                let count = self.tape.below(3);
                let items: Vec<String> = (0..count).map(|_| self.overlay(scope, below)).collect();
                match self.tape.flag() {
                    true => format!("[§\n  {}¶\n]", items.join("¶\n  ")),
                    false => format!("[ {} ]", items.join(" §")),
                }
            }
            4 | 5 => {
                let (one, other) = (self.overlays(scope, below), self.overlays(scope, below));
                format!("({one} ++ {other})")
            }
            6 => {
                let condition = self.condition(scope);
                let (one, other) = (self.overlays(scope, below), self.overlays(scope, below));
                format!("(if {condition} then {one} else {other})")
            }
            7 => {
                let (condition, one) = (self.condition(scope), self.overlay(scope, below));
                format!("({lib}.optional ({condition}) {one})")
            }
            8 => {
                let (condition, list) = (self.condition(scope), self.overlays(scope, below));
                format!("({lib}.optionals ({condition}) {list})")
            }
            9 => format!("(map import [ {root}overlays/tools.nix ])"),
            10 => format!("(builtins.attrValues (import {root}overlays))"),
            11 => format!("(import {root}overlays/list.nix)"),
            12 => {
                let list = self.overlays(scope, below);
                let form = self.one(&[
                    "(let all = @; in all)",
                    "(with { all = @; }; all)",
                    "{ all = @; }.all",
                    "(rec { one = @; all = one; }).all",
                    "((x: x) @)",
                    "(({ all ? [ ], ... }: all) { all = @; })",
                    "(assert true; @)",
                    "(builtins.filter (x: true) @)",
                    "(map (x: x) @)",
                ]);
                form.replace('@', &list)
            }
            13 => {
                let (one, other) = (self.overlays(scope, below), self.overlays(scope, below));
                let form = self.one(&[
                    "(builtins.concatLists [ @ & ])",
                    "(lib.flatten [ @ [ & ] ])",
                ]);
                let form = form.replace("lib.", &format!("{lib}."));
                form.replace('@', &one).replace('&', &other)
            }
            14 if scope.bound => "overlays".to_string(),
            15 if self.published && scope.inputs => {
                "(builtins.attrValues inputs.self.overlays)".to_string()
            }
            _ => "[ ]".to_string(),
        }
    }

    /// What `nixpkgs.overlays` is set to.
    pub(super) fn overlays_option(&mut self, scope: Scope) -> String {
        let lib = scope.lib;
        let list = self.overlays(scope, DEPTH - 1);
        match self.tape.below(12) {
            0..=4 => list,
            5 => format!("{lib}.mkIf ({}) {list}", self.condition(scope)),
            6 => {
                let other = self.overlays(scope, 1);
                let condition = self.condition(scope);
                format!("{lib}.mkMerge [ {list} ({lib}.mkIf ({condition}) {other}) ]")
            }
            7 => format!("{lib}.mkBefore {list}"),
            8 => format!("{lib}.mkAfter {list}"),
            9 => format!("{lib}.mkForce {list}"),
            10 => format!("{lib}.mkDefault {list}"),
            _ => format!("{lib}.mkOrder 700 {list}"),
        }
    }

    /// Something true or false.
    pub(super) fn condition(&mut self, scope: Scope) -> &'static str {
        match self.tape.below(7) {
            0 => "true",
            1 => "false",
            2 if scope.named => "name == \"carbon\"",
            3 if scope.named => "name != \"boron\"",
            4 if scope.module => "config.services.openssh.enable",
            5 if scope.module => "pkgs.stdenv.hostPlatform.isx86_64",
            6 if scope.module => "config.networking.firewall.enable or true",
            _ => "1 == 1",
        }
    }
}
