# ZERi#LIi561o<y(s
{a=[1 2];b={c=d;};f={x,y}:x;}
