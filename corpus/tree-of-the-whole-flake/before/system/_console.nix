{ console.keyMap = "de"; }
