# M)A>RQ]Yx/<V$)Us
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