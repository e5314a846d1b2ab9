# /gF"'BLK**@HC:]O
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