# gji+_&|95LHg8$T>
{a=[1 2];b={c=d;};f={x,y}:x;}
