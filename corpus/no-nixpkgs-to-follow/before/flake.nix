{
  inputs.carbon.url = "path:./machines/carbon";

  outputs =
    { carbon, ... }:
    {
      nixosConfigurations.carbon = carbon.nixosConfigurations.carbon;
    };
}
