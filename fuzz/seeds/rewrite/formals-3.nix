# /?[t:NH)lk;x\n>)
{ a
, b ? 1 # b
, ...
}@args: { x, y, }: { }: { ... }: a ++ b
