# N`Q:y#]\T38uu#XN
{
	a = ''
		b
	'';
	c = [
		{
			d = 1;
		}
	];
}