# Completes the options of turntable in fish. Made from its --help by GeneratedScriptsTest.
complete -c turntable -f
complete -c turntable -s e -l execute -x -d 'run the statements of the text, separated by semicolons'
complete -c turntable -s f -l file -r -F -d 'run the statements of a file; - is standard input'
complete -c turntable -l format -x -a 'table csv json' -d 'table (as it is), csv (RFC 4180) or json (object per line)'
complete -c turntable -l param -x -d 'the text that :NAME stands for in statements'
complete -c turntable -l param-file -x -d ':NAME stands for the file, as the column files takes it; more than once for more files'
complete -c turntable -s h -l help -d 'this text'
complete -c turntable -l version -d 'the version'
complete -c turntable -a 'jdbc:turntable:demo jdbc:turntable:handinger jdbc:turntable:rightbrain'
