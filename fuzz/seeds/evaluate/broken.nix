{ inputs = { ; outputs = { self, }@ : [ ${ 
