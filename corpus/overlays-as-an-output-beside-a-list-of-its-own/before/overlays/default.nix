{ inputs, ... }:
{
  additions = final: prev: { greeting = prev.hello; };
  modifications = final: prev: { };
}
