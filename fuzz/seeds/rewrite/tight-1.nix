# fy/:F>]&$'upba{a
{a=[1 2];b={c=d;};f={x,y}:x;}
