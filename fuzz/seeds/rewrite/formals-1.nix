# BX^2]Y`,}<rc=NIp
{ a
, b ? 1 # b
, ...
}@args: { x, y, }: { }: { ... }: a ++ b
