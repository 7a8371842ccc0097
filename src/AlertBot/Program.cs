System.Console.WriteLine("alertbot");
