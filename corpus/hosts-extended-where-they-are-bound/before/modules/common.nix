{ time.timeZone = "Europe/Berlin"; }
