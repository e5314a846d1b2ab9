//! What a host has already stays, and what does not fit is said.

use nixfix::diagnostic::Diagnostic;
use nixfix::plan::{Confidence, HostPlan, Plan};
use nixfix::recipe::Flags;
use nixfix::stack::run_deep;

use crate::case::cases;

fn plan(text: &str, flags: &Flags) -> Plan {
    cases(text).remove(0).plan(flags)
}

fn host<'p>(plan: &'p Plan, name: &str) -> &'p HostPlan {
    plan.hosts.iter().find(|host| host.name == name).unwrap()
}

fn said<'p>(plan: &'p Plan, code: &str) -> Vec<&'p Diagnostic> {
    let with_code = |diagnostic: &&Diagnostic| diagnostic.code == code;
    plan.diagnostics.iter().filter(with_code).collect()
}

fn changed(plan: &Plan, path: &str) -> Option<String> {
    let change = plan
        .changes
        .iter()
        .find(|change| change.path.as_str() == path)?;
    change.after.as_ref().map(ToString::to_string)
}

const INSTALLED: &str = "\
#== a host installs a variant by itself
#= carbon cuda certain
#= boron vulkan certain
#- hosts/carbon.nix
{ pkgs, ... }: { environment.systemPackages = with pkgs; [ git llama-cpp-cuda ]; }
#- hosts/boron.nix
{ services.xserver.videoDrivers = [ \"amdgpu\" ]; }
";

#[test]
fn a_host_that_installs_a_variant_by_itself_gets_the_profile_of_that_variant() {
    run_deep(|| {
        let plan = plan(INSTALLED, &Flags::default());
        let carbon = host(&plan, "carbon");
        assert_eq!(carbon.profile.as_deref(), Some("cuda"));
        assert_eq!(carbon.evidence[0].text, "installs `llama-cpp-cuda`");
        assert_eq!(said(&plan, "variant-installed").len(), 1);
        let carbon = changed(&plan, "hosts/carbon.nix").unwrap();
        assert!(carbon.contains("./hardware-profiles/cuda.nix"), "{carbon}");
        assert!(changed(&plan, "hosts/boron.nix").is_some());
    })
    .unwrap();
}

#[test]
fn a_variant_that_is_not_opted_in_to_makes_no_choice() {
    run_deep(|| {
        let text = "\
#== a host installs a build that no profile of the recipe is for as it stands
#= carbon tiger-lake certain
#- hosts/carbon.nix
{ pkgs, ... }: { environment.systemPackages = with pkgs; [ llama-cpp-tiger-lake ]; }
";
        for (advanced, profile, help) in [
            (false, "cpu-optimized", "to import it, add `--advanced`"),
            (true, "tiger-lake", "this line can go"),
        ] {
            let flags = Flags {
                advanced,
                ..Flags::default()
            };
            let plan = plan(text, &flags);
            let found = host(&plan, "carbon").profile.as_deref();
            assert_eq!(found, Some(profile));
            let said = said(&plan, "variant-installed");
            assert!(said[0].help.as_ref().unwrap().starts_with(help), "{said:?}");
            // Whatever it imports is written along with it.
            let written = format!("hosts/hardware-profiles/{profile}.nix");
            assert!(changed(&plan, &written).is_some());
        }
    })
    .unwrap();
}

#[test]
fn where_the_user_says_the_profile_nothing_is_said_of_it() {
    run_deep(|| {
        let machines = vec![("carbon".to_string(), "cuda".to_string())];
        let flags = Flags {
            machines,
            ..Flags::default()
        };
        let plan = plan(INSTALLED, &flags);
        assert!(changed(&plan, "hosts/carbon.nix").is_some());
        assert!(said(&plan, "variant-installed").is_empty());
    })
    .unwrap();
}

#[test]
fn llama_cpp_of_nixpkgs_beside_the_profile_is_said_once_for_each_place() {
    run_deep(|| {
        let text = "\
#== both share a list
#= carbon cpu-optimized default
#= boron cpu-optimized default
#- common.nix
{ pkgs, ... }: {
  environment.systemPackages = [
    pkgs.llama-cpp
  ];
}
#- hosts/carbon.nix
{ imports = [ ../common.nix ]; }
#- hosts/boron.nix
{ imports = [ ../common.nix ]; }
";
        let plan = plan(text, &Flags::default());
        let [warning] = said(&plan, "package-twice")[..] else {
            panic!("{:?}", plan.diagnostics)
        };
        let place = warning.place.as_ref().unwrap();
        let range = std::ops::Range::from(place.range.unwrap());
        assert_eq!(place.file.as_str(), "common.nix");
        assert_eq!(range.len(), "pkgs.llama-cpp".len());
        assert!(warning.message.contains("`boron`") && warning.message.contains("`carbon`"));
    })
    .unwrap();
}

#[test]
fn two_profiles_on_one_host_are_an_error() {
    run_deep(|| {
        let text = "\
#== two imports
#= carbon cuda certain
#- hosts/carbon.nix
{ imports = [ ./hardware-profiles/cuda.nix ./hardware-profiles/vulkan.nix ]; }
#- hosts/hardware-profiles/cuda.nix
{ }
#- hosts/hardware-profiles/vulkan.nix
{ }
";
        let plan = plan(text, &Flags::default());
        assert_eq!(said(&plan, "profiles-twice").len(), 1);
        let carbon = host(&plan, "carbon");
        assert_eq!(carbon.confidence, Some(Confidence::Contradictory));
        let says = carbon
            .evidence
            .iter()
            .map(|one| (one.line, one.says.as_str()));
        assert_eq!(says.collect::<Vec<_>>(), [(1, "cuda"), (1, "vulkan")]);
        assert!(plan.changes.is_empty());
    })
    .unwrap();
}

#[test]
fn a_contradiction_shows_both_sides_and_the_flag() {
    run_deep(|| {
        let text = "\
#== two sides
#= carbon cuda contradictory
#- hosts/carbon.nix
{
  services.xserver.videoDrivers = [ \"nvidia\" ];
  boot.blacklistedKernelModules = [ \"nvidia\" ];
}
";
        let plan = plan(text, &Flags::default());
        let help = said(&plan, "profile-contradictory")[0]
            .help
            .clone()
            .unwrap();
        for part in [
            "carbon.nix:2",
            "carbon.nix:3",
            "not cuda",
            "--profile carbon=NAME",
        ] {
            assert!(help.contains(part), "{help}");
        }
    })
    .unwrap();
}

#[test]
fn an_old_driver_is_a_warning() {
    run_deep(|| {
        let text = "\
#== an old card
#= carbon vulkan likely
#- hosts/carbon.nix
{ config, ... }: {
  services.xserver.videoDrivers = [ \"nvidia\" ];
  hardware.nvidia.package = config.boot.kernelPackages.nvidiaPackages.legacy_470;
}
";
        let plan = plan(text, &Flags::default());
        assert_eq!(said(&plan, "nvidia-legacy").len(), 1);
    })
    .unwrap();
}

const CPUS: &str = "\
#== only the CPU is known
#= ryzen cpu-optimized default
#= epyc cpu-optimized certain
#= laptop vulkan likely
#= old cpu-optimized certain
#= microcode cpu-optimized default
#- hosts/microcode.nix
{ config, lib, ... }: {
  hardware.cpu.amd.updateMicrocode = lib.mkDefault config.hardware.enableRedistributableFirmware;
  boot.kernelModules = [ \"kvm-amd\" ];
}
#- hosts/ryzen.nix
{ inputs, ... }: { imports = [ inputs.nixos-hardware.nixosModules.common-cpu-amd-pstate ]; hardware.cpu.amd.updateMicrocode = true; }
#- hosts/epyc.nix
{ hardware.facter.reportPath = ./epyc.json; }
#- hosts/epyc.json
{ \"hardware\": { \"cpu\": [ { \"vendor_name\": \"AuthenticAMD\", \"family\": 25, \"model\": 97, \"features\": [ \"avx2\", \"avx512_bf16\" ] } ] } }
#- hosts/laptop.nix
{ inputs, ... }: { imports = [ inputs.nixos-hardware.nixosModules.framework-11th-gen-intel ]; }
#- hosts/old.nix
{ hardware.facter.reportPath = ./old.json; }
#- hosts/old.json
{ \"hardware\": { \"cpu\": [ { \"vendor_name\": \"AuthenticAMD\", \"family\": 21, \"model\": 2, \"features\": [ \"avx\" ] } ] } }
";

#[test]
fn a_build_for_the_cpu_is_chosen_only_with_advanced_and_without_a_card() {
    run_deep(|| {
        let flags = Flags {
            advanced: true,
            ..Flags::default()
        };
        for (flags, expected) in [
            (
                Flags::default(),
                [
                    "cpu-optimized",
                    "cpu-optimized",
                    "vulkan",
                    "cpu-optimized",
                    "cpu-optimized",
                ],
            ),
            (
                flags,
                [
                    "ryzen",
                    "ryzen-zen4",
                    "vulkan",
                    "cpu-optimized",
                    "cpu-optimized",
                ],
            ),
        ] {
            let plan = plan(CPUS, &flags);
            let names = ["ryzen", "epyc", "laptop", "old", "microcode"];
            let found = names.map(|name| host(&plan, name).profile.clone().unwrap());
            assert_eq!(found, expected);
            assert_ne!(host(&plan, "ryzen").confidence, Some(Confidence::Certain));
        }
    })
    .unwrap();
}

#[test]
fn a_profile_that_is_imported_stays_whatever_the_evidence_says() {
    run_deep(|| {
        let text = "\
#== an import against the drivers
#= carbon vulkan certain
#- hosts/carbon.nix
{
  imports = [ ./hardware-profiles/vulkan.nix ];
  services.xserver.videoDrivers = [ \"nvidia\" ];
  boot.blacklistedKernelModules = [ \"nvidia\" ];
}
#- hosts/hardware-profiles/vulkan.nix
{ }
";
        let plan = plan(text, &Flags::default());
        let carbon = host(&plan, "carbon");
        assert_eq!(carbon.profile.as_deref(), Some("vulkan"));
        assert_eq!(carbon.confidence, Some(Confidence::Certain));
        assert_eq!(
            (carbon.evidence[0].line, carbon.evidence[0].text.as_str()),
            (2, "imports `hosts/hardware-profiles/vulkan.nix`")
        );
        assert!(changed(&plan, "hosts/carbon.nix").is_none());
    })
    .unwrap();
}

#[test]
fn every_sign_is_evidence_with_its_file_its_line_and_its_text() {
    run_deep(|| {
        let text = "\
#== signs in several files
#= carbon cuda certain
#= boron cpu-optimized default
#- gpu.nix
{ config, lib, ... }:
let cfg = config.my.gpu; in
{
  options.my.gpu.type = lib.mkOption { type = lib.types.str; default = \"none\"; };
  config = lib.mkIf (cfg.type == \"nvidia\") {
    services.xserver.videoDrivers = [
      \"nvidia\"
    ];
  };
}
#- hosts/carbon.nix
{ imports = [ ../gpu.nix ]; my.gpu.type = \"nvidia\"; }
#- hosts/boron.nix
{ imports = [ ../gpu.nix ]; }
";
        let plan = plan(text, &Flags::default());
        let evidence = &host(&plan, "carbon").evidence;
        let [driver] = &evidence[..] else {
            panic!("{evidence:?}")
        };
        let said = (
            driver.file.as_str(),
            driver.line,
            &*driver.says,
            &*driver.text,
        );
        let expected = ("gpu.nix", 7, "cuda", "services.xserver.videoDrivers");
        assert_eq!(said, expected);
        assert!(host(&plan, "boron").evidence.is_empty());
    })
    .unwrap();
}
