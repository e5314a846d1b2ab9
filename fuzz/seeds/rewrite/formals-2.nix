# J#(Adwl/eA9qO=7Y
{ a
, b ? 1 # b
, ...
}@args: { x, y, }: { }: { ... }: a ++ b
