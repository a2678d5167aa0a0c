create table buyer (buyer_id int primary key, buyer_name varchar(40), mail varchar(60), town_id int, born date);
create table town (town_id int primary key, town_name varchar(40), region varchar(20), people int);
create table bill (bill_id int primary key, buyer_id int, billed date, amount decimal(10,2), state varchar(10));
create table bill_row (bill_id int, row_no int, ware_id int, pieces int, price decimal(10,2), primary key (bill_id, row_no));
create table ware (ware_id int primary key, ware_name varchar(40), kind_id int, weight int);
create table kind (kind_id int primary key, kind_name varchar(40), parent_id int);
