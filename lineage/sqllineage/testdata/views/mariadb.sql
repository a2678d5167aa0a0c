create view v_straight as select b.buyer_name, i.state from buyer b straight_join bill i on i.buyer_id = b.buyer_id;
create view v_if as select if(amount > 3, state, billed) as chosen, ifnull(state, 'x') as state from bill;
create view v_concat as select group_concat(distinct kind_name order by kind_id separator ';') as names from kind group by parent_id;
create view v_interval as select date_add(billed, interval 1 day) as later from bill;
create view v_unnamed as select count(*), max(people), upper(region) from town group by region;
create view v_database as select `buyer`.`mail` as `mail of buyer` from `buyer`;
create view v_regexp as select town_name from town where region regexp '^n' and not people <=> null;
